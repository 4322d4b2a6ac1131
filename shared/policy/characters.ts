/** Which characters the wildcards take that do not take all: of names, of ids, of accounts. */

import { DIGIT_ANY, DIGIT_STAR, ID_ANY, ID_STAR, NAME_ANY, NAME_STAR } from './glob.ts'

const codesOf = (text: string): ReadonlySet<number> => new Set(Array.from(text, (one) => one.charCodeAt(0)))

export const DIGIT_CODES = codesOf('0123456789')
export const LETTER_CODES = codesOf('xyzabcdefghijklmnopqrstuvw')
/** What else names of roles and users are made of (IAM API reference, CreateRole). */
export const SIGN_CODES = codesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ_+=,.@-')
/** What ids that AWS makes consist of, the readable first. */
const ID_CODES: ReadonlySet<number> = new Set([...LETTER_CODES, ...DIGIT_CODES])
export const NAME_CODES: ReadonlySet<number> = new Set([...ID_CODES, ...SIGN_CODES])

/** The wildcards that take some characters only. */
export const CODES: ReadonlyMap<number, ReadonlySet<number>> = new Map([
  [NAME_STAR, NAME_CODES],
  [NAME_ANY, NAME_CODES],
  [ID_STAR, ID_CODES],
  [ID_ANY, ID_CODES],
  [DIGIT_STAR, DIGIT_CODES],
  [DIGIT_ANY, DIGIT_CODES],
])
