/** Policies that look fenced and are not: re-made from what was published, and from what nobody looks for. */

import { allow, bad, deny, type Labelled, ORG, OWN, PARTNER, trust } from './label.ts'

const STAR = { AWS: '*' }
const STRANGER = { AWS: 'arn:aws:iam::999988887777:root' }
const LATE = { ...OWN, now: '2026-11-21T12:00:00Z' }
const SENTINEL = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'
const TOKEN = 'Token Security: IAM Role Trust Policies: Misconfigurations Hiding in Plain Sight'
const MISMATCH = 'Datadog rule def-000-tss: role assumption from outside the organization'

const stars: readonly Labelled[] = [
  bad(
    ['public-role', 'critical'],
    'The star and roles of a name, in any account',
    'Checkov issue 7304: star limited by aws:PrincipalArn',
    trust(allow(STAR, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } })),
  ),
  bad(
    ['public-role', 'critical'],
    'The star and any organisation',
    null,
    trust(allow(STAR, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } })),
    { about: ORG },
  ),
  bad(
    ['public-role', 'critical'],
    'The star and whoever is of some organisation',
    null,
    trust(allow(STAR, { Null: { 'aws:PrincipalOrgID': 'false' } })),
    { about: ORG },
  ),
  bad(
    ['public-role', 'critical'],
    'The star and all values of the units, of which there may be none',
    'IAM Access Analyzer: ForAllValues with a single-valued key',
    trust(allow(STAR, { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } })),
    { about: ORG },
  ),
  bad(
    ['public-role', 'critical'],
    'The star and a tag, which callers give themselves',
    null,
    trust(allow(STAR, { StringEquals: { 'aws:PrincipalTag/team': 'data' } })),
  ),
  bad(
    ['public-role', 'critical'],
    'The star with MFA, which strangers have too',
    'IAM User Guide: Secure API access with MFA',
    trust(allow(STAR, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
  ),
  bad(
    ['public-role', 'high'],
    'The star through one endpoint',
    'policyuniverse: internet-accessible policies',
    trust(allow(STAR, { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } })),
  ),
]

const fences: readonly Labelled[] = [
  bad(
    ['public-role', 'critical'],
    'A fence that turns away the own organisation',
    MISMATCH,
    trust(allow(STAR), deny(STAR, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    { about: ORG },
  ),
  bad(
    ['public-role', 'critical'],
    'A fence for whoever has an organisation, and strangers have none',
    MISMATCH,
    trust(
      allow(STAR),
      deny(STAR, {
        StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
        Null: { 'aws:PrincipalOrgID': 'false' },
      }),
    ),
    { about: ORG },
  ),
  bad(
    ['public-role', 'critical'],
    'A fence around tags only',
    null,
    trust(allow(STAR), deny(STAR, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'sts:TagSession')),
    { about: ORG },
  ),
  bad(
    ['public-role', 'critical'],
    'A fence that was up until a day',
    null,
    trust(allow(STAR), deny(STAR, { DateLessThan: { 'aws:CurrentTime': '2026-06-01T00:00:00Z' } })),
    { about: LATE },
  ),
  bad(
    ['mixed-principals', 'low'],
    'Two principals, taken to be needed both',
    TOKEN,
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci', Service: 'glue.amazonaws.com' })),
  ),
]

const secrets: readonly Labelled[] = [
  bad(
    ['weak-external-id', 'low'],
    'The placeholder of a guide is left in',
    'Polytomic Docs: IAM role authentication to Databricks AWS staging buckets',
    trust(allow({ AWS: 'arn:aws:iam::999988887777:role/stage' }, { StringEquals: { 'sts:ExternalId': '0000' } })),
    { about: PARTNER },
  ),
  bad(
    ['weak-external-id', 'high'],
    'An ExternalId that begins so',
    null,
    trust(allow(STRANGER, { StringLike: { 'sts:ExternalId': 'acme-*' } })),
  ),
  bad(
    ['weak-external-id', 'high'],
    'Some ExternalId or other',
    null,
    trust(allow(STRANGER, { Null: { 'sts:ExternalId': 'false' } })),
  ),
  bad(
    ['stranger-through-provider', 'critical'],
    'Microsoft Sentinel, for any customer of it',
    'Azure/Azure-Sentinel: OIDC roles after the session name changed to MicrosoftDefenderForClouds_',
    sentinel({ StringLike: { 'sts:RoleSessionName': ['MicrosoftDefenderForClouds_*', 'MicrosoftSentinel_*'] } }),
  ),
  bad(
    ['stranger-through-provider', 'critical'],
    'Microsoft Sentinel, told by its audience alone',
    'IAM User Guide: Identity-provider controls for shared OIDC providers',
    sentinel({}),
  ),
]

function sentinel(condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>) {
  return trust(
    allow(
      { Federated: `arn:aws:iam::111122223333:oidc-provider/${SENTINEL}/` },
      { StringEquals: { [`${SENTINEL}/:aud`]: 'api://1462b192-27f7-4cb9-8523-0f4ecb54b47e' }, ...condition },
      'sts:AssumeRoleWithWebIdentity',
    ),
  )
}

const dates: readonly Labelled[] = [
  bad(
    ['time-is-over', 'medium'],
    'A partner whose time is over',
    'IAM User Guide: AWS: Allows access based on date and time',
    trust(
      allow({ Service: 'ec2.amazonaws.com' }),
      allow(STRANGER, { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }),
    ),
    { about: LATE },
  ),
  bad(
    ['time-is-over', 'medium'],
    'The only grant has run out',
    'IAM User Guide: Troubleshoot IAM roles',
    trust(allow(STRANGER, { NumericLessThan: { 'aws:EpochTime': '1767225600' } })),
    { about: LATE },
  ),
  bad(
    ['foreign-account', 'high'],
    'A stranger until a day to come',
    null,
    trust(allow(STRANGER, { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })),
    { about: LATE },
  ),
]

export const badLookalikes: readonly Labelled[] = [...stars, ...fences, ...secrets, ...dates]
