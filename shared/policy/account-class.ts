/** Account ids that patterns with wildcards tell apart: for each kind one account that stands for it. Knows nothing of callers. */

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

const READABLE = ['999988887777', '888877776666', '777766665555', '666655554444', '555544443333', '444433332222']

/** More would take long, and nobody writes it. */
const MOST_CLASSES = 32

/**
 * One class for each way of matching that some account has, those that match none first; those without a free account are left out.
 * Null: too many.
 */
export function accountClasses(
  patterns: readonly string[],
  isFree: (account: string) => boolean,
): readonly AccountClass[] | null {
  let demands: readonly Demand[] = [{ wanted: [], unwanted: [] }]
  for (const pattern of patterns.length === 0 ? [] : telling(patterns)) {
    demands = demands
      .flatMap(({ wanted, unwanted }) => [
        { wanted, unwanted: [...unwanted, pattern] },
        { wanted: [...wanted, pattern], unwanted },
      ])
      .filter((demand) => accountFor(demand, () => true) !== null)
    if (demands.length > MOST_CLASSES) return null
  }
  return demands.flatMap((demand) => {
    const account = accountFor(demand, isFree)
    return account === null ? [] : [{ account, like: demand.wanted, wide: isWide(demand) }]
  })
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

function accountFor(demand: Demand, isFree: (account: string) => boolean): string | null {
  const fits = (account: string) =>
    demand.wanted.every((pattern) => matchesPattern(pattern, account)) &&
    !demand.unwanted.some((pattern) => matchesPattern(pattern, account))
  const readable = READABLE.find((account) => fits(account) && isFree(account))
  if (readable !== undefined) return readable
  const patterns = [...demand.wanted, ...demand.unwanted]
  const start = patterns.map((pattern) => skipStars(pattern, 1))
  return walk('', start, { fits, isFree, demand, patterns, dead: new Set() }).account
}

interface Walk {
  readonly fits: (account: string) => boolean
  readonly isFree: (account: string) => boolean
  readonly demand: Demand
  /** Those wanted, then those not. */
  readonly patterns: readonly string[]
  /** Where no account at all lies ahead. */
  readonly dead: Set<string>
}

/** Digit by digit; `some` tells whether there is an account at all, free or not. */
function walk(
  begun: string,
  states: readonly number[],
  at: Walk,
): { readonly account: string | null; readonly some: boolean } {
  if (begun.length === 12) {
    const some = at.fits(begun)
    return { account: some && at.isFree(begun) ? begun : null, some }
  }
  const place = `${begun.length} ${states.join()}`
  if (at.dead.has(place) || states.slice(0, at.demand.wanted.length).includes(0)) return { account: null, some: false }
  let some = false
  for (const digit of '1234567890') {
    const next = at.patterns.map((pattern, i) => stateAfter(pattern, states[i] ?? 0, digit))
    const found = walk(begun + digit, next, at)
    if (found.account !== null) return found
    some ||= found.some
  }
  if (!some) at.dead.add(place)
  return { account: null, some }
}

/** Where a reader of the pattern may stand behind one digit more: a bit for each position. */
function stateAfter(pattern: string, state: number, digit: string): number {
  let next = 0
  for (let i = 0; i < pattern.length; i++) {
    if ((state & (1 << i)) === 0) continue
    if (pattern[i] === '*') next |= 1 << i
    else if (pattern[i] === '?' || pattern[i] === digit) next |= 1 << (i + 1)
  }
  return skipStars(pattern, next)
}

function skipStars(pattern: string, state: number): number {
  let skipped = state
  for (let i = 0; i < pattern.length; i++) if (pattern[i] === '*' && (skipped & (1 << i)) !== 0) skipped |= 1 << (i + 1)
  return skipped
}
