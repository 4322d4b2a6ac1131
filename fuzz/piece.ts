/** One operator on one key, and the operators that come in families. */

import fc from 'fast-check'

export interface Piece {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

export const some = (...values: readonly string[]) =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) })
export const piece = (operators: readonly string[], keys: readonly string[], values: fc.Arbitrary<readonly string[]>) =>
  fc.record({ operator: fc.constantFrom(...operators), key: fc.constantFrom(...keys), values })

export const STRINGS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase']
export const IF_EXISTS = ['StringEqualsIfExists', 'StringNotLikeIfExists', 'StringLikeIfExists']
export const FOR_ALL = ['ForAllValues:StringEquals', 'ForAllValues:StringLike', 'ForAllValues:StringNotEquals']
export const FOR_ANY = ['ForAnyValue:StringEquals', 'ForAnyValue:StringLike', 'ForAnyValue:StringNotLike']
export const ORDERS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']
