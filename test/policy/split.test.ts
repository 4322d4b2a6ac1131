/** Documents that are as hard to compare as they may be when they are written in more statements: they are decided all the same. */

import { expect, it } from 'vitest'
import { split } from '../../fuzz/rewritten.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import { allow, deny, everyone, FOREIGN, OWN, policy, root } from './build.ts'
import type { Told } from './slow-evaluator.ts'

const MEMBER = '222233334444'
const ASSUMING = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']
const sources = { StringNotEqualsIfExists: { 'aws:SourceAccount': [OWN, FOREIGN] } }
const roles = { ArnLikeIfExists: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/Deploy', 'arn:aws:iam::4444*:role/*'] } }
const addresses = { IpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32', '2001:db8:1::/48'] } }
const unknown = { StringMatches: { 'sts:ExternalId': 'k7-31' } }
const passed = { 'ForAllValues:StringEquals': { 'sts:TransitiveTagKeys': 't*' } }

const DOCUMENTS: readonly (readonly [string, readonly object[]])[] = [
  [
    'tags, sources and patterns of accounts, and an operator nobody knows',
    [
      allow(everyone, { ...sources, ...roles }, 'sts:*'),
      allow(
        everyone,
        { BoolIfExists: { 'aws:ViaAWSService': 'false' }, 'ForAllValues:StringLike': { 'aws:TagKeys': 'level' } },
        ASSUMING,
      ),
      allow({ AWS: [FOREIGN, MEMBER] }, undefined, 'sts:*'),
      deny(everyone, unknown, ['sts:AssumeRole', 'sts:TagSession']),
    ],
  ],
  [
    'times, addresses, tags that are passed on, and MFA',
    [
      allow(everyone, { NotIpAddress: { 'aws:SourceIp': '2001:db8::/32' }, ...passed }, [
        'sts:AssumeRole',
        'sts:TagSession',
      ]),
      allow({ AWS: `arn:aws:iam::${FOREIGN}:role/team/Deploy` }, { Null: { 'sts:ExternalId': 'false' } }, [
        'sts:AssumeRole',
        'sts:SetSourceIdentity',
      ]),
      allow({ AWS: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one` }),
      deny(
        root(FOREIGN),
        {
          StringLike: { 'aws:PrincipalAccount': '4*' },
          DateLessThanEquals: { 'aws:EpochTime': ['1795219200', '2027-01-01'] },
        },
        ['sts:AssumeRole', 'sts:TagSession'],
      ),
      allow(
        root(FOREIGN),
        {
          ...addresses,
          BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' },
          DateGreaterThanEquals: { 'aws:TokenIssueTime': '2027-01-01' },
        },
        ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      ),
    ],
  ],
]

it.each(DOCUMENTS)('%s', (_, statements) => {
  const found = compareTrust(policy(...statements), policy(...split(statements as readonly Told[])))
  expect(found).toEqual({ verdict: 'equivalent', gained: [], lost: [], undecided: [] })
})
