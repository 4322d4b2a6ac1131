/** For each kind of value: operators, keys, what policies ask for and what calls carry, of a vocabulary small enough that they meet. */

const OWN = '111122223333'
const FOREIGN = '444455556666'
const ISSUER = 'token.actions.githubusercontent.com'
const variable = (inside: string) => '$'.concat(`{${inside}}`)

export interface Family {
  readonly operators: readonly string[]
  readonly keys: readonly string[]
  readonly wanted: readonly string[]
  readonly given: readonly string[]
}

const WORDS = ['a', 'b', 'ab', 'axb', 'A', 'a*', '*', '?', '']
const STRINGS: Family = {
  operators: [
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
  ],
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
export const FAMILIES = [STRINGS, STRINGS, STRINGS, CALLERS_OWN, ARNS, ARNS, NUMBERS, DATES, BOOLS, BINARIES, ADDRESSES]
const KEYS = FAMILIES.flatMap(({ keys }) => keys)
export const NULLS: Family = {
  operators: ['Null'],
  keys: KEYS,
  wanted: ['true', 'false', 'TRUE', 'perhaps'],
  given: [],
}
export const ODD: Family = {
  operators: ['StringMatches', 'stringequals', 'Bool', 'NumericEquals', 'IpAddress'],
  keys: KEYS,
  wanted: ['a', 'true', '1'],
  given: [],
}
