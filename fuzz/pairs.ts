/** Pairs of trust policies for comparing, of a vocabulary so small that they meet: two of their own, or one and what somebody made of it. */

import fc from 'fast-check'
import type { Told } from '../test/policy/slow-evaluator.ts'
import { FOR_ALL, FOR_ANY, IF_EXISTS, ORDERS, type Piece, piece, STRINGS, some } from './piece.ts'
import { rarer } from './rarer.ts'

export const OWN = '111122223333'
export const THEIRS = '444455556666'
const MEMBER = '222233334444'
export const GITHUB = 'token.actions.githubusercontent.com'
const provider = (id: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${id}` })

const principals = fc.constantFrom<Record<string, string | readonly string[]>>(
  { AWS: '*' },
  { AWS: '*' },
  { AWS: OWN },
  { AWS: `arn:aws:iam::${THEIRS}:root` },
  { AWS: `arn:aws:iam::${THEIRS}:root` },
  { AWS: [THEIRS, MEMBER] },
  { AWS: `arn:aws:iam::${THEIRS}:role/Deploy` },
  { AWS: `arn:aws:iam::${THEIRS}:role/team/Deploy` },
  { AWS: `arn:aws:iam::${THEIRS}:user/ci` },
  { AWS: `arn:aws:sts::${THEIRS}:assumed-role/Deploy/one` },
  { AWS: ['one', 'two'].map((name) => `arn:aws:sts::${THEIRS}:assumed-role/Deploy/${name}`) },
  { AWS: `arn:aws:iam::${THEIRS}:user/team/ci` },
  { Service: 'lambda.amazonaws.com' },
  { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'], AWS: OWN },
  provider(GITHUB),
  provider(GITHUB),
  provider('oidc.eks.eu-west-1.amazonaws.com/id/ABC'),
  { Federated: `arn:aws:iam::${OWN}:saml-provider/Okta` },
  { AWS: 'AROAEXAMPLEDELETED123' },
)

const actions = fc.constantFrom<string | readonly string[]>(
  'sts:AssumeRole',
  'sts:AssumeRole',
  ['sts:AssumeRole', 'sts:TagSession'],
  'sts:TagSession',
  ['sts:AssumeRole', 'sts:SetSourceIdentity'],
  ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
  'sts:*',
  'sts:AssumeRole*',
)

const words = some('k7-31', 'k7-32', 'K7-31', 'k7-*', '*-31', 'k?-3?', '*7*3*', 'k*1', '*')
const arns = some(
  `arn:aws:iam::${THEIRS}:role/Deploy`,
  `arn:aws:iam::${THEIRS}:role/D*`,
  `arn:aws:iam::${THEIRS}:role/*/Deploy`,
  `arn:aws:iam::${THEIRS}:user/*`,
  `arn:aws:iam::${THEIRS}:*`,
  'arn:aws:iam::*:role/Deploy',
  'arn:aws:iam::4444*:role/*',
  'arn:aws:iam::*:user/c?',
)

const textual = fc.oneof(
  piece([...STRINGS, ...IF_EXISTS], ['sts:ExternalId', 'sts:externalid', 'aws:PrincipalTag/team', 'my:key'], words),
  piece(
    [...STRINGS, ...IF_EXISTS, ...FOR_ANY],
    ['sts:RoleSessionName'],
    some('ci', 'c*', '*i', 'ana', '$' + '{aws:username}'),
  ),
  piece([...FOR_ALL, ...FOR_ANY], ['aws:TagKeys', 'my:list'], some('team', 'cost', 't*', '*t')),
  piece(FOR_ANY, ['aws:PrincipalOrgPaths'], some('o-own/*', 'o-own/r-1/ou-1/*', 'o-else/*')),
  piece([...STRINGS, 'StringEqualsIfExists'], ['aws:PrincipalOrgID'], some('o-own', 'o-else', 'o-*')),
  piece(
    STRINGS,
    [`${GITHUB}:sub`, `${GITHUB}:job_workflow_ref`],
    some('repo:o/r:*', 'repo:o/*', 'repo:*/r:*', 'repo:o/r:ref:refs/heads/main'),
  ),
  piece(['StringEquals'], [`${GITHUB}:aud`], some('sts.amazonaws.com', 'other')),
  piece(
    STRINGS,
    ['oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub'],
    some('system:serviceaccount:app:web', 'system:serviceaccount:app:*'),
  ),
  piece(
    ['StringEquals'],
    ['SAML:aud'],
    some('https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml'),
  ),
  piece(
    ['StringEquals', 'StringLike', 'StringNotLike'],
    ['aws:userid'],
    some('AROAEXAMPLEEXAMPLE123:one', '*:one', 'AIDA*'),
  ),
)

const callers = fc.oneof(
  piece(
    ['ArnLike', 'ArnNotLike', 'ArnEquals', 'StringLike', 'StringNotLike', 'ArnLikeIfExists'],
    ['aws:PrincipalArn'],
    arns,
  ),
  piece(
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    ['aws:PrincipalAccount'],
    some(THEIRS, MEMBER, '4*', '*6666', '444?*'),
  ),
  piece(['StringEquals', 'StringLike', 'StringNotLike'], ['aws:username'], some('ci', 'c*', 'ana', '*a')),
  piece(['StringEquals', 'StringNotEquals'], ['aws:PrincipalType'], some('User', 'AssumedRole')),
  piece(['StringEquals', 'StringNotEqualsIfExists'], ['aws:SourceAccount'], some(OWN, THEIRS)),
  piece(
    ['ArnLike', 'ArnNotLike', 'ArnEquals'],
    ['aws:SourceArn'],
    some(`arn:aws:sns:eu-west-1:${OWN}:t*`, `arn:aws:*:*:${OWN}:*`, 'arn:aws:s3:::bucket'),
  ),
)

const measured = fc.oneof(
  piece(['Bool', 'BoolIfExists'], ['aws:MultiFactorAuthPresent'], some('true', 'false')),
  piece(
    ['Null'],
    ['aws:MultiFactorAuthAge', 'sts:ExternalId', 'aws:MultiFactorAuthPresent', 'aws:TagKeys'],
    some('true', 'false'),
  ),
  piece(
    ORDERS.map((name) => `Numeric${name}`),
    ['aws:MultiFactorAuthAge', 'my:number'],
    some('60', '3600', '3599.5', '7200'),
  ),
  piece(
    ORDERS.map((name) => `Date${name}`),
    ['aws:CurrentTime', 'aws:TokenIssueTime'],
    some('2026-11-21T00:00:00Z', '2026-11-21T00:00:01Z', '2027-01-01'),
  ),
  piece(
    ['IpAddress', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists'],
    ['aws:SourceIp'],
    some('203.0.113.0/24', '203.0.113.128/25', '203.0.113.7', '0.0.0.0/1', '2001:db8::/32', '2001:db8:1::/48'),
  ),
)

const odd = fc.constantFrom<Piece>(
  { operator: 'NumericLessThan', key: 'sts:DurationSeconds', values: ['3600'] },
  { operator: 'StringMatches', key: 'sts:ExternalId', values: ['k7-31'] },
  { operator: 'StringEquals', key: 'aws:TagKeys', values: ['team'] },
  { operator: 'StringLike', key: 'my:key', values: ['$' + '{aws:PrincipalTag/team}-*'] },
)

const pieces = fc.oneof(
  { arbitrary: textual, weight: 5 },
  { arbitrary: callers, weight: 4 },
  { arbitrary: measured, weight: 4 },
  { arbitrary: rarer, weight: 3 },
  { arbitrary: odd, weight: 1 },
)

function conditionOf(all: readonly Piece[]): NonNullable<Told['Condition']> {
  const condition: Record<string, Record<string, readonly string[]>> = {}
  for (const { operator, key, values } of all) condition[operator] = { ...condition[operator], [key]: values }
  return condition
}

const statement: fc.Arbitrary<Told> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    principal: principals,
    others: fc.nat(40),
    action: actions,
    conditions: fc.array(pieces, { maxLength: 3 }),
  })
  .map(
    ({ effect, principal, others, action, conditions }): Told => ({
      Effect: effect,
      ...(others === 0 ? { NotPrincipal: principal } : { Principal: principal }),
      ...(others === 1 ? { NotAction: action } : { Action: action }),
      ...(conditions.length === 0 ? {} : { Condition: conditionOf(conditions) }),
    }),
  )

const policies = fc.array(statement, { minLength: 1, maxLength: 4 })

/** A fence: nobody but those of whom the condition holds. */
const fence = pieces.map(
  ({ operator, key, values }): Told => ({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: { [operator]: { [key]: values } },
  }),
)

type Edit = (policy: readonly Told[]) => readonly Told[]

const at = (policy: readonly Told[], place: number) => place % policy.length

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(statement, fc.nat(9)).map(
    ([added, place]): Edit =>
      (policy) =>
        policy.toSpliced(place, 0, added),
  ),
  fence.map(
    (added): Edit =>
      (policy) => [...policy, added],
  ),
  fc.nat(9).map(
    (place): Edit =>
      (policy) =>
        policy.length < 2 ? policy : policy.toSpliced(at(policy, place), 1),
  ),
  fc.tuple(fc.nat(9), fc.array(pieces, { maxLength: 2 })).map(
    ([place, conditions]): Edit =>
      (policy) =>
        policy.map((one, i) => (i === at(policy, place) ? { ...one, Condition: conditionOf(conditions) } : one)),
  ),
  fc.tuple(fc.nat(9), pieces).map(
    ([place, { operator, key, values }]): Edit =>
      (policy) =>
        policy.map((one, i) =>
          i === at(policy, place)
            ? { ...one, Condition: { ...one.Condition, [operator]: { ...one.Condition?.[operator], [key]: values } } }
            : one,
        ),
  ),
  fc.tuple(fc.nat(9), principals).map(
    ([place, principal]): Edit =>
      (policy) =>
        policy.map((one, i) => (i === at(policy, place) && one.Principal ? { ...one, Principal: principal } : one)),
  ),
)

export interface Pair {
  readonly before: readonly Told[]
  readonly after: readonly Told[]
}

export const pairs: fc.Arbitrary<Pair> = fc.oneof(
  fc.record({ before: policies, after: policies }),
  fc.tuple(policies, fc.array(edits, { minLength: 1, maxLength: 2 })).map(
    ([before, changes]): Pair => ({
      before,
      after: changes.reduce<readonly Told[]>((policy, edit) => edit(policy), before),
    }),
  ),
  fc.tuple(policies, edits).map(([after, edit]): Pair => ({ before: edit(after), after })),
)

export const text = (statements: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
