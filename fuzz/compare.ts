/**
 * Fuzzing the comparison: for every pair of generated policies, all callers that their conditions tell apart are asked of the slow
 * evaluator. Nobody who gained or lost may be missed, no witness may be wrong, and what is only written otherwise is no difference.
 */

import fc from 'fast-check'
import { compareTrust, compareTrusts } from '../shared/policy/compare.ts'
import type { Admission, DetailedComparison } from '../shared/policy/comparison.ts'
import { readTrust } from '../shared/policy/read.ts'
import { type Asked, applies, covers, list, slowlyDecides, type Told } from '../test/policy/slow-evaluator.ts'
import { atomsOf, type Context, isComplete, isPossible, kindsOf, principalsOf, userIdOf } from './atoms.ts'
import { type Pair, pairs, text } from './pairs.ts'
import { merged, split } from './rewritten.ts'
import type { Target } from './target.ts'

export const compareTarget: Target = {
  runs: 5000,
  fuzz: ({ runs, seed }) => {
    const seen: Record<string, number> = {}
    const count: Count = (what, by = 1) => {
      seen[what] = (seen[what] ?? 0) + by
    }
    const details = fc.check(
      fc.property(pairs, (pair) => {
        const fault = faultIn(pair, count)
        if (fault !== null) throw new Error(`${fault}\nbefore ${text(pair.before)}\nafter  ${text(pair.after)}`)
      }),
      { numRuns: runs, seed },
    )
    const figures = Object.entries(seen)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([what, times]) => `${what}: ${times}`)
    return { figures, failure: details.failed ? String(details.errorInstance ?? 'interrupted') : null }
  },
}

/** How often each was reached: verdicts, callers asked, callers that differ … */
type Count = (what: string, by?: number) => void

function faultIn(pair: Pair, count: Count): string | null {
  const [old, now] = [readTrust(text(pair.before)).policy, readTrust(text(pair.after)).policy]
  const found = compareTrusts(old, now)
  count(`verdict ${found.verdict}`)
  if (found.undecided.length > 0) count('undecided entries', found.undecided.length)
  const fault = faultOfCallers(pair, found, count)
  // The laws take as long as all the rest: of every few pairs one.
  if (fault !== null || text(pair.after).length % LAWS_OF !== 0) return fault
  count('pairs rewritten, swapped and compared again')
  return faultOfLaws(pair, found)
}

function faultOfCallers({ before, after }: Pair, found: DetailedComparison, count: Count): string | null {
  const ways = [
    { tense: 'gained', entries: found.gained, holder: after, other: before },
    { tense: 'lost', entries: found.lost, holder: before, other: after },
  ] as const
  const asked = callersOf([before, after])
  count('callers asked', asked.length)
  for (const way of ways)
    for (const entry of way.entries) {
      const fault = wrongWitness(entry, way, count)
      if (fault !== null) return `${way.tense}: ${fault}: ${JSON.stringify(entry)}`
    }
  for (const caller of asked) {
    const [was, is] = [slowly(before, caller), slowly(after, caller)]
    if (was === null || is === null || was === is) continue
    const way = ways[is ? 0 : 1]
    if (!canAssume(caller, way)) continue
    count(`callers ${way.tense}`)
    if (!isTold(caller, way, found))
      return `${way.tense}, and not told: ${JSON.stringify(caller)}\n${JSON.stringify(found)}`
  }
  return null
}

const LAWS_OF = 7

const MIRRORED = {
  widened: 'narrowed',
  narrowed: 'widened',
  both: 'both',
  equivalent: 'equivalent',
  undecided: 'undecided',
}

/** What the words of a document, and which of two came first, must not change. */
function faultOfLaws({ before, after }: Pair, { verdict }: DetailedComparison): string | null {
  const [old, now] = [text(before), text(after)]
  const back = compareTrust(now, old).verdict
  if (back !== MIRRORED[verdict]) return `${verdict} one way, ${back} the other`
  // Other words spell keys in capitals: of two that differ only in that, JSON would keep one.
  if (readTrust(now).faults.some(({ code }) => code === 'duplicate-key')) return null
  for (const rewritten of [split(after), merged(after)]) {
    const same = text(rewritten)
    const own = compareTrust(now, same).verdict
    if (own !== 'equivalent') return `${own} with itself in other words: ${same}`
    const again = compareTrust(old, same).verdict
    // A statement for strangers answers for all its actions; one for each action leaves open what it leaves open: see undecided.test.ts.
    if (again !== verdict && again !== 'undecided') return `${verdict}, but ${again} in other words: ${same}`
  }
  return null
}

interface Way {
  readonly holder: readonly Told[]
  readonly other: readonly Told[]
  readonly entries: readonly Admission[]
}

function wrongWitness({ witness }: Admission, { holder, other }: Way, count: Count): string | null {
  const [allowed, refused] = [slowly(holder, witness), slowly(other, witness)]
  count('witnesses')
  if (allowed === null || refused === null) count('witnesses on which the slow evaluator has no opinion')
  if (allowed === false) return 'the witness is refused'
  if (refused === true) return 'the witness is allowed by both'
  return isPossible(witness) ? null : 'there is no such caller'
}

/** Null: no opinion. */
function slowly(policy: readonly Told[], asked: Asked): boolean | null {
  const decided = slowlyDecides(policy, asked)
  return decided === 'undecided' ? null : decided === 'allow'
}

/** Who may pass tags and not assume the role does not get in. */
function canAssume(caller: Asked, { holder }: Way): boolean {
  const action = assumeOf(caller.principal)
  return caller.action === action || slowly(holder, { ...caller, action }) === true
}

/** Some entry speaks of a principal of the very statement that lets the caller in, or something there is open. */
function isTold(caller: Asked, { holder, other, entries }: Way, { undecided }: DetailedComparison): boolean {
  const assuming = { ...caller, action: assumeOf(caller.principal) }
  // A call that passes tags needs two actions: it may be gained by either. Who could not assume the role is told for that.
  const calls = [
    caller,
    { ...caller, action: 'sts:TagSession' },
    { ...caller, action: 'sts:SetSourceIdentity' },
    ...(slowly(other, assuming) === true ? [] : [assuming]),
  ]
  const letting = holder.filter(
    (statement) => statement.Effect === 'Allow' && calls.some((call) => applies(statement, call) === true),
  )
  if (undecided.length > 0) return true
  return letting.some((statement) =>
    Object.entries(statement.Principal ?? { AWS: '*' }).some(([type, ids]) =>
      list(ids).some(
        (id) => covers(type, id, caller.principal) === true && entries.some(({ principal }) => isSame(principal, id)),
      ),
    ),
  )
}

const accountOf = (id: string) => /^arn:aws:iam::(\d{12}):root$/.exec(id)?.[1] ?? id

function isSame(principal: string, id: string): boolean {
  return principal === 'NotPrincipal' || accountOf(principal) === accountOf(id)
}

export function assumeOf({ type, id }: Asked['principal']): string {
  if (type !== 'Federated') return 'sts:AssumeRole'
  return id.includes(':saml-provider/') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

const MOST_OF_ONE = 32

/** Each principal with each kind of value under each key, calling for each action. */
function callersOf(policies: readonly (readonly Told[])[]): readonly Asked[] {
  const byKey = atomsOf(policies)
  const [atoms, told] = [[...byKey.values()], new Set(byKey.keys())]
  const passing = JSON.stringify(policies).includes('sts:TagSession') || JSON.stringify(policies).includes('"sts:*"')
  const columns = new Map<string, readonly Column[]>()
  return principalsOf(policies).flatMap((principal) => {
    const assuming: Asked = { principal, action: assumeOf(principal), context: {} }
    const kin = principal.type === 'Federated' ? principal.id : principal.type
    const known =
      columns.get(kin) ?? atoms.map((those) => ({ key: those[0]?.key ?? '', kinds: kindsOf(those, assuming) }))
    columns.set(kin, known)
    return contexts(known).flatMap((context) => {
      const whole = { ...timeOf(context), ...context, 'aws:userid': userIdOf(principal) }
      const caller = { ...assuming, context: whole }
      if (!isPossible(caller) || !isComplete(caller, told)) return []
      return passing ? [caller, { ...caller, action: 'sts:TagSession' }] : [caller]
    })
  })
}

/** Where nobody asks for it: when the credentials were issued. */
function timeOf(context: Context): Context {
  if ('aws:EpochTime' in context) return {}
  return { 'aws:CurrentTime': context['aws:TokenIssueTime'] ?? '2029-01-01T00:00:00Z' }
}

type Column = { readonly key: string; readonly kinds: ReturnType<typeof kindsOf> }

/** The product, thinned evenly where it is large. */
function contexts(columns: readonly Column[]): readonly Context[] {
  const size = columns.reduce((product, { kinds }) => product * Math.max(1, kinds.length), 1)
  // A step without a common divisor visits all places before it comes round.
  const step = size <= MOST_OF_ONE ? 1 : coprime(Math.floor(size * 0.618), size)
  return Array.from({ length: Math.min(size, MOST_OF_ONE) }, (_, i) =>
    contextAt((i * step + columns.length) % size, columns),
  )
}

function coprime(begin: number, size: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let step = Math.max(1, begin)
  while (divisor(step, size) !== 1) step++
  return step
}

function contextAt(place: number, columns: readonly Column[]): Context {
  let rest = place
  const entries: (readonly [string, string | readonly string[]])[] = []
  for (const { key, kinds } of columns) {
    const value = kinds[rest % kinds.length]
    rest = Math.floor(rest / Math.max(1, kinds.length))
    if (value !== null && value !== undefined) entries.push([key, value])
  }
  return Object.fromEntries(entries)
}
