/** Account ids that patterns with wildcards tell apart: for each kind one account that stands for it. Knows nothing of callers. */

import { type Budget, budget, spend } from './budget.ts'
import { matchesPattern } from './glob.ts'

/** All accounts that match the same patterns. */
export interface AccountClass {
  /** One of them that nobody speaks of. */
  readonly account: string
  /** The patterns they match. */
  readonly like: readonly string[]
  /** So many accounts that strangers have one of them. */
  readonly wide: boolean
}

interface Demand {
  readonly wanted: readonly string[]
  readonly unwanted: readonly string[]
}

const READABLE = [
  '999988887777',
  '888877776666',
  '777766665555',
  '666655554444',
  '555544443333',
  '444433332222',
] as const

/** More would take long, and nobody writes it. */
const MOST_CLASSES = 32

/** Moves of one pattern by one digit. Patterns as people write them take some thousands. */
const STEPS = 1_000_000

/**
 * One class for each way of matching that some account has, those that match none first; those without a free account are left out.
 * Null: too many, or too involved to tell within the bound on work.
 */
export function accountClasses(
  patterns: readonly string[],
  isFree: (account: string) => boolean,
  within: Budget = budget(STEPS),
): readonly AccountClass[] | null {
  let kinds: readonly Kind[] = [{ demand: { wanted: [], unwanted: [] }, example: READABLE[0] }]
  for (const pattern of patterns.length === 0 ? [] : telling(patterns)) {
    kinds = kinds.flatMap((kind) => parted(kind, pattern, within))
    if (kinds.length > MOST_CLASSES || isSpent(within)) return null
  }
  const classes = kinds.flatMap(({ demand }) => {
    const account = accountFor(demand, { isFree, within })
    return account === null ? [] : [{ account, like: demand.wanted, wide: isWide(demand) }]
  })
  return isSpent(within) ? null : classes
}

/** What was not found may be there all the same. */
function isSpent({ left }: Budget): boolean {
  return left < 0
}

interface Kind {
  readonly demand: Demand
  /** An account of it, spoken of or not. */
  readonly example: string
}

/** Those that do not match, then those that do, if there are any: of one of the two the example is one still. */
function parted({ demand: { wanted, unwanted }, example }: Kind, pattern: string, within: Budget): readonly Kind[] {
  const without = { wanted, unwanted: [...unwanted, pattern] }
  const like = { wanted: [...wanted, pattern], unwanted }
  const isLike = matchesPattern(pattern, example)
  const other = accountFor(isLike ? without : like, { isFree: () => true, within })
  const kinds: readonly (Kind | null)[] = [
    ofExample(without, isLike ? other : example),
    ofExample(like, isLike ? example : other),
  ]
  return kinds.filter((kind) => kind !== null)
}

function ofExample(demand: Demand, example: string | null): Kind | null {
  return example === null ? null : { demand, example }
}

/** Of twelve digits, those that match some accounts and not all; whole ids are no patterns. */
function telling(patterns: readonly string[]): readonly string[] {
  const plain = patterns.map((pattern) => pattern.replaceAll(/\*+/g, '*'))
  return [...new Set(plain)]
    .filter(
      (pattern) =>
        /^[\d*?]*[*?][\d*?]*$/.test(pattern) && /\d/.test(pattern) && pattern.replaceAll('*', '').length <= 12,
    )
    .sort()
}

/** Up to four digits given: whoever opens ten thousand accounts has one. */
function isWide({ wanted }: Demand): boolean {
  return wanted.join('').replaceAll(/\D/g, '').length <= 4
}

interface Search {
  readonly isFree: (account: string) => boolean
  readonly within: Budget
}

/** Null: there is none, or the work is used up. */
function accountFor(demand: Demand, { isFree, within }: Search): string | null {
  const fits = (account: string) =>
    demand.wanted.every((pattern) => matchesPattern(pattern, account)) &&
    !demand.unwanted.some((pattern) => matchesPattern(pattern, account))
  const readable = READABLE.find((account) => fits(account) && isFree(account))
  if (readable !== undefined) return readable
  const readers = [...demand.wanted, ...demand.unwanted].map(readerOf)
  const start = readers.map((reader) => skipStars(reader, 1))
  return walk('', start, { fits, isFree, within, demand, readers, dead: new Set() }).account
}

interface Walk extends Search {
  readonly fits: (account: string) => boolean
  readonly demand: Demand
  /** Those wanted, then those not. */
  readonly readers: readonly Reader[]
  /** Where no account at all lies ahead. */
  readonly dead: Set<string>
}

/** Digit by digit; `some` tells whether there is an account at all, free or not. */
function walk(
  begun: string,
  states: readonly number[],
  at: Walk,
): { readonly account: string | null; readonly some: boolean } {
  if (!spend(at.within, 1 + at.readers.length)) return { account: null, some: false }
  if (begun.length === 12) {
    const some = at.fits(begun)
    return { account: some && at.isFree(begun) ? begun : null, some }
  }
  const place = `${begun.length} ${states.join()}`
  if (at.dead.has(place) || states.slice(0, at.demand.wanted.length).includes(0)) return { account: null, some: false }
  let some = false
  for (const digit of DIGITS) {
    const next = at.readers.map((reader, i) => stateAfter(reader, states[i] ?? 0, digit))
    const found = walk(`${begun}${digit}`, next, at)
    if (found.account !== null) return found
    some ||= found.some
  }
  if (!some) at.dead.add(place)
  return { account: null, some }
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]

/** A pattern, a bit for each position. */
interface Reader {
  readonly stars: number
  /** By digit: the positions that read it. */
  readonly reading: readonly number[]
}

function readerOf(pattern: string): Reader {
  const bits = (isMeant: (sign: string) => boolean) =>
    [...pattern].reduce((sum, sign, i) => (isMeant(sign) ? sum | (1 << i) : sum), 0)
  const reading = Array.from({ length: 10 }, (_, digit) => bits((sign) => sign === '?' || sign === String(digit)))
  return { stars: bits((sign) => sign === '*'), reading }
}

/** Where a reader of the pattern may stand behind one digit more. */
function stateAfter(reader: Reader, state: number, digit: number): number {
  return skipStars(reader, (state & reader.stars) | ((state & (reader.reading[digit] ?? 0)) << 1))
}

/** No two stars stand side by side. */
function skipStars({ stars }: Reader, state: number): number {
  return state | ((state & stars) << 1)
}
