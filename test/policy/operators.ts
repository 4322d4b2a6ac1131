/** What every condition operator makes of what a request carries: cases by the document that says so. Data only. */

/** Values, or null for a request without the key. */
export type Given = string | readonly string[] | null

/** Operator, values of the policy, what the request carries, does the condition hold. */
export type Case = readonly [string, unknown, Given, 'yes' | 'no' | 'undecided']

const variable = (inside: string) => '$'.concat(`{${inside}}`)

const STRINGS: readonly Case[] = [
  ['StringEquals', 'a', 'a', 'yes'],
  ['StringEquals', ['a', 'b'], 'b', 'yes'],
  ['StringEquals', ['a', 'b'], 'c', 'no'],
  ['StringEquals', 'a*', 'ab', 'no'],
  ['StringEquals', 'a*', 'a*', 'yes'],
  ['StringEquals', 'a?', 'ab', 'no'],
  ['StringEquals', 'a', 'A', 'no'],
  ['StringEquals', 'a', 'aa', 'no'],
  ['StringEquals', '', '', 'yes'],
  ['StringEquals', [], 'a', 'no'],
  ['StringNotEquals', 'a', 'a', 'no'],
  ['StringNotEquals', ['a', 'b'], 'b', 'no'],
  ['StringNotEquals', ['a', 'b'], 'c', 'yes'],
  ['StringNotEquals', 'a', 'A', 'yes'],
  ['StringEqualsIgnoreCase', 'a', 'A', 'yes'],
  ['StringEqualsIgnoreCase', 'A', 'a', 'yes'],
  ['StringEqualsIgnoreCase', 'a', 'b', 'no'],
  ['StringEqualsIgnoreCase', 'a*', 'AB', 'no'],
  ['StringNotEqualsIgnoreCase', 'a', 'A', 'no'],
  ['StringNotEqualsIgnoreCase', 'a', 'b', 'yes'],
  ['StringLike', 'a*c', 'abbc', 'yes'],
  ['StringLike', 'a*c', 'ac', 'yes'],
  ['StringLike', 'a*c', 'abcd', 'no'],
  ['StringLike', '*a*', 'bab', 'yes'],
  ['StringLike', 'a*b*c', 'abcbc', 'yes'],
  ['StringLike', 'a?c', 'abc', 'yes'],
  ['StringLike', 'a?c', 'ac', 'no'],
  ['StringLike', '*', '', 'yes'],
  ['StringLike', '?', '', 'no'],
  ['StringLike', '**', 'x', 'yes'],
  ['StringLike', 'A*', 'ab', 'no'],
  ['StringLike', ['x*', 'a*'], 'ab', 'yes'],
  ['StringNotLike', 'a*', 'ab', 'no'],
  ['StringNotLike', 'a*', 'b', 'yes'],
  ['StringNotLike', ['a*', 'b*'], 'bc', 'no'],
]

const ABSENT: readonly Case[] = [
  ['StringEquals', 'a', null, 'no'],
  ['StringLike', '*', null, 'no'],
  ['StringNotEquals', 'a', null, 'yes'],
  ['StringNotLike', 'a*', null, 'yes'],
  ['StringNotEqualsIgnoreCase', 'a', null, 'yes'],
  ['ArnLike', '*', null, 'no'],
  ['ArnNotEquals', 'arn:aws:s3:::b', null, 'yes'],
  ['ArnNotLike', 'arn:aws:s3:::b', null, 'yes'],
  ['NumericLessThan', '1', null, 'no'],
  ['NumericNotEquals', '1', null, 'yes'],
  ['DateGreaterThan', '2026-01-01', null, 'no'],
  ['DateNotEquals', '2026-01-01', null, 'yes'],
  ['Bool', 'true', null, 'no'],
  ['Bool', 'false', null, 'no'],
  ['BinaryEquals', 'QQ==', null, 'no'],
  ['IpAddress', '0.0.0.0/0', null, 'no'],
  ['NotIpAddress', '203.0.113.0/24', null, 'yes'],
]

const IF_EXISTS: readonly Case[] = [
  ['StringEqualsIfExists', 'a', null, 'yes'],
  ['StringEqualsIfExists', 'a', 'a', 'yes'],
  ['StringEqualsIfExists', 'a', 'b', 'no'],
  ['StringNotEqualsIfExists', 'a', null, 'yes'],
  ['StringNotEqualsIfExists', 'a', 'a', 'no'],
  ['StringLikeIfExists', 'a*', null, 'yes'],
  ['StringLikeIfExists', 'a*', 'b', 'no'],
  ['ArnLikeIfExists', 'arn:aws:s3:::b', null, 'yes'],
  ['NumericLessThanIfExists', '1', null, 'yes'],
  ['NumericLessThanIfExists', '1', '2', 'no'],
  ['DateLessThanIfExists', '2026-01-01', null, 'yes'],
  ['BoolIfExists', 'false', null, 'yes'],
  ['BoolIfExists', 'false', 'true', 'no'],
  ['BinaryEqualsIfExists', 'QQ==', null, 'yes'],
  ['IpAddressIfExists', '203.0.113.0/24', null, 'yes'],
  ['IpAddressIfExists', '203.0.113.0/24', '198.51.100.1', 'no'],
  // IAM refuses it, so that nobody knows what a stored one does.
  ['NullIfExists', 'true', null, 'undecided'],
  // A list that is there and holds nothing: whether that "exists" is not documented.
  ['StringEqualsIfExists', 'a', [], 'undecided'],
  ['StringEquals', 'a', [], 'no'],
  ['StringNotEquals', 'a', [], 'yes'],
]

const NULL: readonly Case[] = [
  ['Null', 'true', null, 'yes'],
  ['Null', 'false', null, 'no'],
  ['Null', 'true', 'x', 'no'],
  ['Null', 'false', 'x', 'yes'],
  ['Null', true, null, 'yes'],
  ['Null', 'TRUE', null, 'yes'],
  ['Null', 'false', ['x', 'y'], 'yes'],
  ['Null', ['true', 'false'], null, 'yes'],
  ['Null', ['true', 'false'], 'x', 'yes'],
  ['Null', 'false', [], 'undecided'],
  ['Null', 'perhaps', null, 'undecided'],
]

const ARNS: readonly Case[] = [
  ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', 'yes'],
  ['ArnEquals', 'arn:aws:iam::*:role/x*', 'arn:aws:iam::111122223333:role/xy', 'yes'],
  ['ArnEquals', 'arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/X', 'no'],
  ['ArnLike', 'arn:aws:iam::11112222333?:role/x', 'arn:aws:iam::111122223333:role/x', 'yes'],
  ['ArnLike', 'arn:aws:sns:*:111122223333:t', 'arn:aws:sns:us-east-1:x:111122223333:t', 'no'],
  ['ArnLike', 'arn:aws:s3:::*', 'arn:aws:s3:::b:c/d', 'yes'],
  ['ArnLike', 'arn:aws:s3:::a*d', 'arn:aws:s3:::a:b/d', 'yes'],
  ['ArnLike', 'arn:*:s3:::b', 'arn:aws-cn:s3:::b', 'yes'],
  ['ArnLike', '*', 'arn:aws:s3:::b', 'yes'],
  ['ArnLike', '*:*:*:*:*:*', 'arn:aws:s3:::b', 'yes'],
  ['ArnLike', 'arn:aws:s3:::b', 'no-arn', 'no'],
  ['ArnNotEquals', 'arn:aws:s3:::b', 'arn:aws:s3:::b', 'no'],
  ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::c', 'yes'],
  ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::bc', 'no'],
  // Fewer than six fields: IAM does not take them.
  ['ArnLike', 'arn:aws:s3:*:b', 'arn:aws:s3:::b', 'undecided'],
  ['ArnNotLike', 'arn:*', 'arn:aws:s3:::b', 'undecided'],
  // What a negated operator makes of a request's value that is none is not documented.
  ['ArnNotLike', 'arn:aws:s3:::b', 'no-arn', 'undecided'],
]

const NUMBERS: readonly Case[] = [
  ['NumericEquals', '10', '10', 'yes'],
  ['NumericEquals', '10', '10.0', 'yes'],
  ['NumericEquals', '10', '11', 'no'],
  ['NumericEquals', ['1', '2'], '2', 'yes'],
  ['NumericNotEquals', '10', '10.0', 'no'],
  ['NumericNotEquals', ['10', '11'], '12', 'yes'],
  ['NumericLessThan', '10', '9', 'yes'],
  ['NumericLessThan', '10', '10', 'no'],
  ['NumericLessThan', '10', '-11', 'yes'],
  ['NumericLessThanEquals', 10, '10', 'yes'],
  ['NumericLessThanEquals', 10, '10.01', 'no'],
  ['NumericGreaterThan', '1e1', '11', 'yes'],
  ['NumericGreaterThan', '10', '10', 'no'],
  ['NumericGreaterThanEquals', '10', '10', 'yes'],
  ['NumericGreaterThanEquals', '10', '9.99', 'no'],
  ['NumericGreaterThanEquals', '10', 'ten', 'no'],
  ['NumericNotEquals', '10', 'ten', 'undecided'],
  ['NumericEquals', 'ten', '10', 'undecided'],
  ['NumericEquals', '0x10', '16', 'undecided'],
]

const DATES: readonly Case[] = [
  ['DateEquals', '2026-11-21T12:00:00Z', '1795262400', 'yes'],
  ['DateEquals', '2026-11-21T12:00:00Z', '2026-11-21T12:00:00.000Z', 'yes'],
  ['DateEquals', '2026-11-21T12:00:00Z', '2026-11-21T12:00:01Z', 'no'],
  ['DateNotEquals', '2026-11-21', '2026-11-22', 'yes'],
  ['DateNotEquals', '2026-11-21', '2026-11-21T00:00:00Z', 'no'],
  ['DateLessThan', '2026-11-21T12:00:00Z', '2026-11-21T12:59:00+01:00', 'yes'],
  ['DateLessThan', '2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z', 'no'],
  ['DateLessThanEquals', '2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z', 'yes'],
  ['DateLessThanEquals', '2026-11-21T12:00:00Z', '2026-11-21T12:00:01Z', 'no'],
  ['DateGreaterThan', '2026', '2026-01-01T00:00:01Z', 'yes'],
  ['DateGreaterThan', '2026-01', '2026-01-01T00:00:00Z', 'no'],
  ['DateGreaterThanEquals', '2024-02-29', '2024-02-29T00:00Z', 'yes'],
  ['DateGreaterThanEquals', '2024-02-29', '2024-02-28T23:59:59Z', 'no'],
  ['DateGreaterThan', '2026', 'tomorrow', 'no'],
  ['DateNotEquals', '2026', 'tomorrow', 'undecided'],
  ['DateGreaterThan', 'tomorrow', '2026-01-01', 'undecided'],
  ['DateGreaterThan', '2026-02-30', '2027-01-01', 'undecided'],
]

const OTHERS: readonly Case[] = [
  ['Bool', 'true', 'TRUE', 'yes'],
  ['Bool', true, 'false', 'no'],
  ['Bool', 'false', 'false', 'yes'],
  ['Bool', 'true', '1', 'no'],
  ['Bool', 'yes', 'yes', 'undecided'],
  // The operators page lets Bool take variables, Access Analyzer does not.
  ['Bool', variable('aws:SecureTransport'), 'true', 'undecided'],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'yes'],
  ['BinaryEquals', 'QmluYXJ5', 'qmluYXJ5', 'no'],
  ['BinaryEquals', 'Qml', 'Qml', 'undecided'],
]

const ADDRESSES: readonly Case[] = [
  ['IpAddress', '203.0.113.0/24', '203.0.113.0', 'yes'],
  ['IpAddress', '203.0.113.0/24', '203.0.113.255', 'yes'],
  ['IpAddress', '203.0.113.0/24', '203.0.114.0', 'no'],
  ['IpAddress', '203.0.113.9/24', '203.0.113.77', 'yes'],
  ['IpAddress', '203.0.113.77', '203.0.113.77', 'yes'],
  ['IpAddress', '203.0.113.77', '203.0.113.78', 'no'],
  ['IpAddress', ['192.0.2.0/25', '192.0.2.128/25'], '192.0.2.200', 'yes'],
  ['IpAddress', '0.0.0.0/0', '203.0.113.77', 'yes'],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', 'no'],
  ['IpAddress', '::/0', '203.0.113.77', 'no'],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::1', 'yes'],
  ['IpAddress', '2001:DB8::/32', '2001:0db8:0001:0000:0000:0000:0000:0001', 'yes'],
  ['IpAddress', '2001:db8::/32', '2001:db9::1', 'no'],
  ['IpAddress', '::ffff:192.0.2.1', '::ffff:c000:201', 'yes'],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', 'yes'],
  ['NotIpAddress', '203.0.113.0/24', '203.0.113.1', 'no'],
  ['NotIpAddress', '203.0.113.0/24', '2001:db8::1', 'yes'],
  ['IpAddress', '203.0.113.0/24', 'here', 'no'],
  ['NotIpAddress', '203.0.113.0/24', 'here', 'undecided'],
  ['IpAddress', '203.0.113.0/33', '203.0.113.1', 'undecided'],
  ['IpAddress', '203.0.113.0/24', '203.0.113.256', 'no'],
]

const SETS: readonly Case[] = [
  ['ForAllValues:StringEquals', 'a', null, 'yes'],
  ['ForAllValues:StringEquals', 'a', [], 'yes'],
  ['ForAllValues:StringEquals', 'a', '', 'yes'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals', 'a', ['a', 'b'], 'no'],
  ['ForAllValues:StringNotEquals', 'a', ['b', 'c'], 'yes'],
  ['ForAllValues:StringNotEquals', 'a', ['b', 'a'], 'no'],
  ['ForAllValues:StringLike', 'a*', ['ab', 'ac'], 'yes'],
  ['ForAnyValue:StringEquals', 'a', null, 'no'],
  ['ForAnyValue:StringEquals', 'a', [], 'no'],
  ['ForAnyValue:StringLike', '*', '', 'no'],
  ['ForAnyValue:StringEquals', 'a', ['b', 'a'], 'yes'],
  ['ForAnyValue:StringEquals', 'a', ['b', 'c'], 'no'],
  ['ForAnyValue:StringNotEquals', 'a', null, 'no'],
  ['ForAnyValue:StringNotEquals', 'a', ['b', 'a'], 'yes'],
  ['ForAnyValue:StringNotEquals', 'a', ['a'], 'no'],
  ['ForAnyValue:StringLikeIfExists', 'a', null, 'yes'],
  ['ForAnyValue:StringLikeIfExists', 'a', [], 'undecided'],
  ['ForAllValues:Null', 'true', null, 'undecided'],
  ['ForAnyValue:Null', 'false', 'x', 'undecided'],
  // A key of several values needs a qualifier; without one, what happens is not documented.
  ['StringEquals', 'a', ['a', 'b'], 'undecided'],
  ['StringEquals', 'a', ['b', 'c'], 'no'],
  ['StringNotEquals', 'a', ['b', 'c'], 'undecided'],
]

const VARIABLES: readonly Case[] = [
  ['StringEquals', variable('aws:PrincipalAccount'), '444455556666', 'yes'],
  ['StringEquals', variable('AWS:principalaccount'), '444455556666', 'yes'],
  ['StringEquals', variable('aws:PrincipalAccount'), '111122223333', 'no'],
  ['StringLike', `${variable('aws:PrincipalAccount')}-*`, '444455556666-x', 'yes'],
  ['StringEquals', variable("aws:none, 'x'"), 'x', 'yes'],
  ['StringEquals', variable("aws:none , 'x'"), 'x', 'yes'],
  ['StringEquals', variable("aws:none, ''"), '', 'yes'],
  ['StringEquals', variable("aws:PrincipalAccount, 'x'"), '444455556666', 'yes'],
  ['StringEquals', variable('aws:none'), 'x', 'no'],
  ['StringEquals', [variable('aws:none'), 'x'], 'x', 'yes'],
  ['StringNotEquals', variable('aws:none'), 'x', 'undecided'],
  ['StringNotEquals', [variable('aws:none'), 'x'], 'x', 'no'],
  ['StringLike', variable('*'), '*', 'yes'],
  ['StringLike', variable('*'), 'x', 'no'],
  ['StringLike', variable('?'), '?', 'yes'],
  ['StringLike', variable('?'), 'x', 'no'],
  ['StringEquals', `${variable('$')}{x}`, '$'.concat('{x}'), 'yes'],
  // A star that comes out of the request is a character.
  ['StringLike', variable('aws:PrincipalTag/star'), 'x', 'no'],
  ['StringLike', variable('aws:PrincipalTag/star'), '*', 'yes'],
  ['ArnLike', `arn:aws:iam::${variable('aws:PrincipalAccount')}:role/*`, 'arn:aws:iam::444455556666:role/x', 'yes'],
  ['NumericEquals', variable('aws:PrincipalAccount'), '444455556666', 'undecided'],
  // Every request carries it, this one does not say what.
  ['StringEquals', variable('aws:CurrentTime'), 'x', 'undecided'],
  ['StringEquals', [variable('aws:CurrentTime'), 'x'], 'x', 'yes'],
  ['StringEquals', variable('aws:TagKeys'), 'x', 'undecided'],
  ['StringEquals', variable(''), 'x', 'undecided'],
  ['StringEquals', '$'.concat('{aws:none'), 'x', 'undecided'],
]

const NAMES: readonly Case[] = [
  ['stringequals', 'a', 'a', 'yes'],
  ['STRINGEQUALSIFEXISTS', 'a', null, 'yes'],
  ['foranyvalue:stringlike', 'a*', ['b', 'ab'], 'yes'],
  ['StringMatches', 'a', 'a', 'undecided'],
  ['ForSomeValues:StringEquals', 'a', 'a', 'undecided'],
  ['ForAnyValue:', 'a', 'a', 'undecided'],
  ['', 'a', 'a', 'undecided'],
]

const GUIDE = 'IAM User Guide, reference_policies_elements_condition_operators'

/** By what says so. */
export const OPERATORS: readonly (readonly [string, readonly Case[]])[] = [
  [`${GUIDE}, string operators`, STRINGS],
  [`${GUIDE}, "Important": keys that are not present`, ABSENT],
  [`${GUIDE}, ...IfExists`, IF_EXISTS],
  [`${GUIDE}, Null`, NULL],
  [`${GUIDE}, Amazon Resource Name operators`, ARNS],
  [`${GUIDE}, numeric operators`, NUMBERS],
  [`${GUIDE}, date operators, and W3C NOTE-datetime`, DATES],
  [`${GUIDE}, Boolean and binary operators`, OTHERS],
  [`${GUIDE}, IP address operators, and RFC 4291`, ADDRESSES],
  ['IAM User Guide, reference_policies_multi-value-conditions', SETS],
  ['IAM User Guide, reference_policies_variables', VARIABLES],
  ['names of operators: what IAM does not take, nobody can judge', NAMES],
]
