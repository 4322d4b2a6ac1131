/** For every fault a document, what IAM says of it (null: not known), and whether that was seen where trust policies are written. */

import type { FaultCode } from '../../shared/policy/fault.ts'
import { allow, GITHUB, OWN, one, own, policy, WEB, withCondition, withPrincipal } from './build.ts'

export interface Wording {
  readonly document: string
  readonly says: string | null
  readonly verified: boolean
}

const without = (key: string) => one(Object.fromEntries(Object.entries(allow(own)).filter(([name]) => name !== key)))
const seen = (document: string, says: string): Wording => ({ document, says, verified: true })
const likely = (document: string, says: string): Wording => ({ document, says, verified: false })
const unknown = (document: string): Wording => ({ document, says: null, verified: false })

const SYNTAX = 'Syntax errors in policy.'
const LEGACY = 'The policy failed legacy parsing'

export const WORDINGS: Readonly<Record<FaultCode, Wording>> = {
  'invalid-json': seen('{', 'This policy contains invalid Json'),
  'not-an-object': likely('[]', SYNTAX),
  'too-long': unknown(' '.repeat(131_073)),
  'over-quota': seen(
    withCondition({ StringEquals: { 'sts:ExternalId': 'x'.repeat(2048) } }),
    'Cannot exceed quota for ACLSizePerRole: 2048',
  ),
  'invalid-characters': unknown(withCondition({ StringEquals: { 'sts:ExternalId': '→' } })),
  'unknown-element': likely('{"statement":[]}', SYNTAX),
  'duplicate-key': likely('{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', SYNTAX),
  'invalid-version': likely(JSON.stringify({ Version: '2012-10-18', Statement: allow(own) }), SYNTAX),
  'invalid-id': likely(JSON.stringify({ Id: 7, Statement: allow(own) }), SYNTAX),
  'missing-statement': likely('{"Version":"2012-10-17"}', SYNTAX),
  'invalid-statement': likely(policy('x'), SYNTAX),
  'invalid-sid': likely(
    one({ Sid: 'a b', ...allow(own) }),
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  ),
  'duplicate-sid': likely(
    policy({ Sid: 'a', ...allow(own) }, { Sid: 'a', ...allow(own) }),
    'Statement IDs (SID) in a single policy must be unique.',
  ),
  'missing-effect': likely(without('Effect'), SYNTAX),
  'invalid-effect': likely(one({ ...allow(own), Effect: 'allow' }), LEGACY),
  'missing-principal': seen(
    without('Principal'),
    'Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!',
  ),
  'not-principal': likely(
    one({ Effect: 'Allow', NotPrincipal: own, Action: 'sts:AssumeRole' }),
    'AssumeRole policy must not contain NotPrincipal field.',
  ),
  'star-principal': seen(withPrincipal('*'), 'AssumeRolepolicy contained an invalid principal: "STAR":"*"'),
  'invalid-principal-element': likely(withPrincipal(OWN), SYNTAX),
  'unknown-principal-key': likely(withPrincipal({ Group: OWN }), SYNTAX),
  'invalid-aws-principal': seen(
    withPrincipal({ AWS: `arn:aws:iam::${OWN}:user/*` }),
    `Invalid principal in policy: "AWS":"arn:aws:iam::${OWN}:user/*"`,
  ),
  'deleted-principal': seen(
    withPrincipal({ AWS: 'AROAEXAMPLEDELETED123' }),
    'Invalid principal in policy: "AWS":"AROAEXAMPLEDELETED123"',
  ),
  'invalid-service-principal': seen(withPrincipal({ Service: '*' }), 'Invalid principal in policy: "SERVICE":"*"'),
  'invalid-federated-principal': seen(
    withPrincipal({ Federated: 'google' }),
    'Federated principals must be valid domain names or SAML metadata ARNs',
  ),
  'canonical-user': unknown(withPrincipal({ CanonicalUser: '79a59df900b949e5' })),
  'missing-action': likely(without('Action'), 'Missing required field Action'),
  'action-and-not-action': likely(one({ ...allow(own), NotAction: 'sts:TagSession' }), SYNTAX),
  'invalid-action-element': likely(one({ ...allow(own), Action: 1 }), SYNTAX),
  'unsupported-action': seen(
    one({ ...allow(own), Action: 'sts:*' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ),
  'prohibited-resource': seen(one({ ...allow(own), Resource: '*' }), 'Has prohibited field Resource'),
  'invalid-condition': likely(withCondition({ StringEquals: { 'aws:x': {} } }), SYNTAX),
  'unknown-operator': seen(
    withCondition({ StringMatches: { 'aws:x': 'y' } }),
    'Invalid Condition type : StringMatches',
  ),
  'invalid-condition-key': likely(
    withCondition({ StringEquals: { ExternalId: 'x' } }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ),
  'invalid-condition-value': likely(withCondition({ IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } }), LEGACY),
  'missing-cognito-condition': seen(
    one(allow({ Federated: 'cognito-identity.amazonaws.com' }, undefined, WEB)),
    'A condition block must be present for the Cognito provider',
  ),
  'missing-provider-condition': unknown(one(allow(GITHUB, undefined, WEB))),
}
