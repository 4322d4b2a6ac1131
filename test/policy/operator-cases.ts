/** What sets, variables and odd names of operators make of what a request carries. Data only. */

/** Values, or null for a request without the key. */
export type Given = string | readonly string[] | null

/** Operator, values of the policy, what the request carries, does the condition hold. */
export type Case = readonly [string, unknown, Given, 'yes' | 'no' | 'undecided']

const variable = (inside: string) => '$'.concat(`{${inside}}`)

export const SETS: readonly Case[] = [
  ['ForAllValues:StringEquals', 'a', null, 'yes'],
  ['ForAllValues:StringEquals', 'a', [], 'yes'],
  ['ForAllValues:StringEquals', 'a', '', 'yes'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals', 'a', ['a', 'b'], 'no'],
  ['ForAllValues:StringNotEquals', 'a', ['b', 'c'], 'yes'],
  ['ForAllValues:StringNotEquals', 'a', ['b', 'a'], 'no'],
  ['ForAllValues:StringLike', 'a*', ['ab', 'ac'], 'yes'],
  ['ForAllValues:StringEquals', 'a', ['', 'a'], 'no'],
  ['ForAnyValue:StringEquals', 'a', ['', 'a'], 'yes'],
  ['ForAnyValue:StringNotEquals', 'a', [], 'no'],
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

export const VARIABLES: readonly Case[] = [
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
  ['StringEqualsIgnoreCase', `${variable('aws:PrincipalTag/star')}A`, '*a', 'yes'],
  ['StringEqualsIgnoreCase', `${variable('aws:PrincipalTag/star')}a`, '*B', 'no'],
  ['StringEqualsIgnoreCase', variable('aws:none'), '', 'no'],
  ['StringEquals', `${variable('aws:PrincipalTag/star')}A`, '*a', 'no'],
  ['StringEquals', `${variable('aws:PrincipalTag/star')}?`, '**', 'no'],
  ['StringNotEquals', [variable("aws:none, 'y'"), 'x'], 'z', 'yes'],
  ['StringNotEquals', variable('aws:PrincipalAccount'), 'z', 'yes'],
  ['ArnLike', `arn:aws:iam::${variable('aws:none')}:role/*`, 'arn:aws:iam::444455556666:role/x', 'no'],
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

export const NAMES: readonly Case[] = [
  ['stringequals', 'a', 'a', 'yes'],
  ['STRINGEQUALSIFEXISTS', 'a', null, 'yes'],
  ['foranyvalue:stringlike', 'a*', ['b', 'ab'], 'yes'],
  ['StringMatches', 'a', 'a', 'undecided'],
  ['ForSomeValues:StringEquals', 'a', 'a', 'undecided'],
  ['ForAnyValue:', 'a', 'a', 'undecided'],
  ['', 'a', 'a', 'undecided'],
]
