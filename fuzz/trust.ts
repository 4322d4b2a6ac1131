/** Trust policies and calls over all of the language, of vocabularies small enough that they meet. */

import fc from 'fast-check'
import type { Request } from '../shared/policy/request.ts'

const OWN = '111122223333'
const FOREIGN = '444455556666'
const ISSUER = 'token.actions.githubusercontent.com'
const variable = (inside: string) => '$'.concat(`{${inside}}`)

const AWS_VALUES = [
  '*',
  FOREIGN,
  '4444-5555-6666',
  `arn:aws:iam::${FOREIGN}:root`,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${FOREIGN}:role/Deploy`,
  `arn:aws:iam::${FOREIGN}:role/teams/Deploy`,
  `arn:aws:iam::${FOREIGN}:user/ci`,
  `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one`,
  `arn:aws:sts::${FOREIGN}:federated-user/ann`,
  'AROAEXAMPLEDELETED123',
  `arn:aws:iam::${FOREIGN}:role/*`,
  'nobody',
]
const SERVICES = ['lambda.amazonaws.com', 'ec2.amazonaws.com', 'rolesanywhere.amazonaws.com', '*.amazonaws.com']
const PROVIDERS = [
  `arn:aws:iam::${OWN}:oidc-provider/${ISSUER}`,
  `arn:aws:iam::${OWN}:saml-provider/Okta`,
  'accounts.google.com',
]

const some = <T>(values: readonly T[]) => fc.constantFrom(...values)
/** A single value stands for a list of one. */
const texts = (values: readonly string[]) =>
  fc.oneof({ weight: 2, arbitrary: some(values) }, fc.array(some(values), { minLength: 1, maxLength: 3 }))

const principal = fc.oneof(
  { weight: 6, arbitrary: texts(AWS_VALUES).map((AWS) => ({ AWS })) },
  { weight: 2, arbitrary: texts(SERVICES).map((Service) => ({ Service })) },
  { weight: 2, arbitrary: texts(PROVIDERS).map((Federated) => ({ Federated })) },
  {
    weight: 1,
    arbitrary: fc.record({ AWS: texts(AWS_VALUES), Service: texts(SERVICES), Federated: texts(PROVIDERS) }),
  },
  { weight: 1, arbitrary: fc.constant('*') },
)
const ACTIONS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:SetSourceIdentity',
  'sts:SetContext',
]
const PATTERNS = [...ACTIONS, 'sts:*', '*', 'STS:assume*', 'sts:Assume????', 'sts:*With*']
const action = fc.oneof({ weight: 3, arbitrary: fc.constant(ACTIONS) }, { weight: 3, arbitrary: texts(PATTERNS) })

interface Family {
  readonly operators: readonly string[]
  readonly keys: readonly string[]
  readonly wanted: readonly string[]
  readonly given: readonly string[]
}

const withNot = (...names: readonly string[]) => names
const WORDS = ['a', 'b', 'ab', 'axb', 'A', 'a*', '*', '?', '']
const STRINGS: Family = {
  operators: withNot(
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
  ),
  keys: [
    'sts:ExternalId',
    'aws:PrincipalTag/k',
    'AWS:principaltag/K',
    'sts:RoleSessionName',
    'aws:PrincipalOrgID',
    'aws:TagKeys',
    'aws:RequestTag/k',
    'sts:SourceIdentity',
    'sts:TransitiveTagKeys',
    'aws:PrincipalOrgPaths',
    `${ISSUER}:sub`,
    'accounts.google.com:sub',
    'saml:sub',
    'saml:eduPersonAffiliation',
    'aws:UserAgent',
    'aws:userid',
    'constructor',
    '__proto__',
  ],
  wanted: [
    ...WORDS,
    '*b',
    'a?b*',
    'a*b',
    variable('*'),
    variable('?'),
    variable('$'),
    `a${variable('*')}`,
    variable('sts:ExternalId'),
    variable("sts:ExternalId, 'a'"),
    variable('aws:PrincipalTag/k'),
    `${variable('aws:username')}*`,
    variable('aws:UserAgent'),
    variable('aws:TagKeys'),
    variable("aws:nothing, 'b'"),
    variable('aws:nothing'),
    '$'.concat('{a'),
  ],
  given: WORDS,
}
const CALLERS_OWN: Family = {
  operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
  keys: [
    'aws:username',
    'aws:PrincipalType',
    'aws:PrincipalAccount',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalServiceName',
    'aws:SecureTransport',
  ],
  wanted: [
    'ci',
    'c*',
    'User',
    'AssumedRole',
    'assumedrole',
    FOREIGN,
    '4444*',
    '*6666',
    OWN,
    'true',
    'false',
    'lambda.*',
    'lambda.amazonaws.com',
    variable('aws:PrincipalAccount'),
  ],
  given: ['ci', 'forged', OWN],
}
const ARNS: Family = {
  operators: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike', 'StringLike', 'StringEquals'],
  keys: ['aws:PrincipalArn', 'aws:PrincipalArn', 'aws:SourceArn'],
  wanted: [
    '*',
    `arn:aws:iam::${FOREIGN}:role/Deploy`,
    `arn:aws:iam::${FOREIGN}:role/*`,
    `arn:aws:iam::${FOREIGN}:role/teams/*`,
    'arn:aws:iam::*:role/D*',
    `arn:aws:iam::*:user/?i`,
    'arn:*:iam:*:4*:role/teams/Deploy',
    `arn:aws:iam::${variable('aws:PrincipalAccount')}:role/*`,
    'arn:aws:sns:*:t',
    'arn:*',
    '*:*:*:*:*:*',
    `arn:aws:iam::${FOREIGN}:root`,
    `arn:aws:sts::${FOREIGN}:*`,
    'arn:aws:s3:::b*',
    `arn:aws:iam::*${variable('*')}:role/x`,
  ],
  given: [
    `arn:aws:iam::${FOREIGN}:role/teams/Deploy`,
    `arn:aws:iam::${OWN}:role/Deploy`,
    'arn:aws:s3:::b:c/d',
    'arn:aws:sns:us-east-1:4:5:t',
    'no-arn',
    '',
  ],
}
const NUMBERS: Family = {
  operators: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  keys: [
    'aws:MultiFactorAuthAge',
    'aws:MultiFactorAuthAge',
    'aws:PrincipalTag/n',
    'sts:DurationSeconds',
    'aws:EpochTime',
  ],
  wanted: ['3600', '3600.0', '36e2', '3599.5', '-1', '0', 'ten', '0x10', ''],
  given: ['3600', '3599.5', '3599', '3601', '60', '-1', '1e9', 'ten'],
}
const DATES: Family = {
  operators: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  keys: ['aws:CurrentTime', 'aws:CurrentTime', 'aws:TokenIssueTime', 'aws:EpochTime'],
  wanted: [
    '2026',
    '2026-11',
    '2026-11-21',
    '2026-11-21T12:00Z',
    '2026-11-21T12:00:00Z',
    '2026-11-21T12:00:00.000Z',
    '2026-11-21T13:00:00+01:00',
    '1795262400',
    '2026-02-30',
    'today',
  ],
  given: [
    '2026-11-21T12:00:00Z',
    '2026-11-21T11:59:59Z',
    '2026-11-21T12:00:01Z',
    '2026-11-21T21:00:00+09:00',
    '1795262400',
    '2026-01-01',
    'today',
  ],
}
const BOOLS: Family = {
  operators: ['Bool'],
  keys: [
    'aws:MultiFactorAuthPresent',
    'aws:MultiFactorAuthPresent',
    'aws:SecureTransport',
    'aws:ViaAWSService',
    'aws:PrincipalIsAWSService',
  ],
  wanted: ['true', 'false', 'TRUE', 'yes', variable('aws:SecureTransport')],
  given: ['true', 'false', 'True', 'yes'],
}
const BINARIES: Family = {
  operators: ['BinaryEquals'],
  keys: ['aws:PrincipalTag/b'],
  wanted: ['QQ==', 'QUJD', 'QUI', ''],
  given: ['QQ==', 'QUJD', 'quJD', ''],
}
const ADDRESSES: Family = {
  operators: ['IpAddress', 'NotIpAddress'],
  keys: ['aws:SourceIp', 'aws:SourceIp', 'aws:VpcSourceIp'],
  wanted: [
    '203.0.113.0/24',
    '203.0.113.9/25',
    '203.0.113.10',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/32',
    '2001:DB8:1::1',
    '203.0.113.0/33',
    'here',
  ],
  given: [
    '203.0.113.10',
    '203.0.113.200',
    '198.51.100.1',
    '2001:db8:1::1',
    '2001:db9::',
    '::1',
    'here',
    '203.0.113.999',
  ],
}
const FAMILIES = [STRINGS, STRINGS, STRINGS, CALLERS_OWN, ARNS, ARNS, NUMBERS, DATES, BOOLS, BINARIES, ADDRESSES]
const KEYS = FAMILIES.flatMap(({ keys }) => keys)
const NULLS: Family = { operators: ['Null'], keys: KEYS, wanted: ['true', 'false', 'TRUE', 'perhaps'], given: [] }
const ODD: Family = {
  operators: ['StringMatches', 'stringequals', 'Bool', 'NumericEquals', 'IpAddress'],
  keys: KEYS,
  wanted: ['a', 'true', '1'],
  given: [],
}

const qualifier = some(['', '', '', '', 'ForAllValues:', 'ForAnyValue:'])
const ifExists = some(['', '', '', 'IfExists'])
const condition = some([...FAMILIES, ...FAMILIES, NULLS, NULLS, ODD]).chain((family) =>
  fc
    .tuple(qualifier, some(family.operators), ifExists, some(family.keys), texts(family.wanted))
    .map(([set, operator, exists, key, values]) => ({ operator: `${set}${operator}${exists}`, key, values })),
)

export const statement = fc
  .record({
    effect: some(['Allow', 'Allow', 'Allow', 'Deny']),
    principal,
    action,
    negated: fc.record({ principal: fc.nat(30), action: fc.nat(12) }),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ effect, principal: who, action: what, negated, conditions }) => {
    const Condition: Record<string, Record<string, string | readonly string[]>> = {}
    for (const { operator, key, values } of conditions)
      Condition[operator] = Object.fromEntries([...Object.entries(Condition[operator] ?? {}), [key, values]])
    const isNot = negated.principal === 0 && typeof who !== 'string'
    return {
      Effect: effect,
      ...(isNot ? { NotPrincipal: who } : { Principal: who }),
      ...(negated.action === 0 ? { NotAction: what } : { Action: what }),
      ...(conditions.length > 0 ? { Condition } : {}),
    }
  })

export const policy = fc.record({
  version: some(['2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17']),
  statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
})

const CALLERS: readonly Request['principal'][] = [
  ...[
    `arn:aws:iam::${FOREIGN}:role/Deploy`,
    `arn:aws:iam::${FOREIGN}:role/teams/Deploy`,
    `arn:aws:iam::${FOREIGN}:user/ci`,
    `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one`,
    `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/two`,
    `arn:aws:sts::${FOREIGN}:federated-user/ann`,
    `arn:aws:iam::${FOREIGN}:root`,
    FOREIGN,
    `arn:aws:iam::${OWN}:role/App`,
  ].map((id) => ({ type: 'AWS' as const, id })),
  ...SERVICES.slice(0, 3).map((id) => ({ type: 'Service' as const, id })),
  ...PROVIDERS.map((id) => ({ type: 'Federated' as const, id })),
]

function actionFor({ type, id }: Request['principal']): string {
  if (type !== 'Federated') return 'sts:AssumeRole'
  return id.includes('saml') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

/** What a call carries: each key with a value of its family, seldom with none or several. */
const carried = some(FAMILIES).chain((family) =>
  fc.tuple(
    some(family.keys),
    fc.oneof(
      { weight: 6, arbitrary: some(family.given) },
      { weight: 2, arbitrary: fc.array(some(family.given), { maxLength: 3 }) },
    ),
  ),
)

export const request: fc.Arbitrary<Request> = fc
  .record({
    principal: some(CALLERS),
    other: fc.nat(9),
    action: some([...ACTIONS, 'STS:ASSUMEROLE']),
    context: fc.array(carried, { maxLength: 12 }),
  })
  .map(({ principal: who, other, action: odd, context }) => {
    const seen = new Map(context.map(([key, value]) => [key.toLowerCase(), [key, value] as const]))
    return { principal: who, action: other === 0 ? odd : actionFor(who), context: Object.fromEntries(seen.values()) }
  })
