/** Who gained and who lost between two trust policies, each with a caller as proof. Equivalence is claimed only where it was shown. */

import { budget } from './budget.ts'
import { isSpeltAlike } from './canonical.ts'
import { cellsFor } from './cell.ts'
import {
  type Admission,
  type Change,
  type Comparison,
  type DetailedComparison,
  type Undecided,
  verdictOf,
} from './comparison.ts'
import type { RoleContext } from './context.ts'
import { type Differences, differences, unlike } from './differences.ts'
import { perhapsOwn, withOwnOrganization, withOwnRole } from './own-role.ts'
import type { NotUnderstood, TrustPolicy } from './policy.ts'
import { readTrust } from './read.ts'
import { type Entrances, NOTHING_KNOWN, type Part, type Recall, recallFrom } from './recall.ts'

/** Admits nobody. */
const NO_POLICY: TrustPolicy = { readable: true, version: null, statements: [], notUnderstood: [] }

/**
 * Enough for what people write: of the documents in the tests no one takes a thousand. One made to be hard reaches it within a tenth of a
 * second, in both directions: a step is one to three microseconds.
 */
const STEPS = 14_000

/** @param before JSON text; null admits nobody */
export function compareTrust(before: string | null, after: string | null, about: RoleContext = {}): Comparison {
  const old = before === null ? null : readTrust(before)
  const now = after === null ? null : readTrust(after, old?.sources)
  const { verdict, gained, lost, undecided } = compareTrusts(old?.policy ?? null, now?.policy ?? null, about)
  return { verdict, gained: gained.map(publicChange), lost: lost.map(publicChange), undecided }
}

function publicChange({ says, severity, witness }: Admission): Change {
  return { says, severity, witness }
}

export function compareTrusts(
  before: TrustPolicy | null,
  after: TrustPolicy | null,
  about: RoleContext = {},
): DetailedComparison {
  const found = compared(before, after, about)
  const perhaps = perhapsOwn(about, [before, after])
  if (perhaps === null) return openFor('which of the organizations named is the role’s own is not known')
  const isOtherwise = (id: string) =>
    compared(before, after, { ...about, organization: { id, accounts: [] } }).verdict !== found.verdict
  const open = perhaps.find(isOtherwise)
  return open === undefined ? found : openFor(`whether ${open} is the role’s own organization is not known`)
}

function openFor(says: string): DetailedComparison {
  return { verdict: 'undecided', gained: [], lost: [], undecided: [{ says, path: '' }] }
}

function compared(before: TrustPolicy | null, after: TrustPolicy | null, given: RoleContext): DetailedComparison {
  const about = withOwnOrganization(given, [before, after])
  const [old, now] = [withOwnRole(before ?? NO_POLICY, about), withOwnRole(after ?? NO_POLICY, about)]
  const unreadable = [...unread(old, 'before'), ...unread(now, 'after')]
  if (unreadable.length > 0) return { verdict: 'undecided', gained: [], lost: [], undecided: unreadable }
  if (isSpeltAlike(old, now)) return { verdict: 'equivalent', gained: [], lost: [], undecided: [] }
  const cells = cellsFor([old, now], about)
  const recall = NOTHING_KNOWN
  const gained = differences({ holder: now, other: old, about, cells, tense: 'gained', budget: budget(STEPS), recall })
  const lost = differences({ holder: old, other: now, about, cells, tense: 'lost', budget: budget(STEPS), recall })
  return conclude(gained, lost, [...openFaults(old, now), ...cells.words.open])
}

/** "Who can get in", the worst first is not promised: in the order of the document. */
export function admissions(policy: TrustPolicy, about: RoleContext = {}): readonly Admission[] {
  return entrances(policy, about).gained
}

/** As `compareTrusts(null, policy)`, with where each gets in. @param known another policy's: what this one has in common is not asked again */
export function entrances(
  written: TrustPolicy,
  given: RoleContext,
  known: Entrances | null = null,
): Entrances & { readonly gained: readonly Admission[] } {
  const about = withOwnOrganization(given, [written])
  const policy = withOwnRole(written, about)
  const unreadable = unread(policy, 'after')
  if (unreadable.length > 0) return { policy, gained: [], parts: [], undecided: unreadable }
  const recall = known === null ? NOTHING_KNOWN : recallFrom(known, policy)
  const parts = known === null ? null : recalledParts(policy, recall)
  if (parts !== null) return { policy, gained: unlike(parts), parts, undecided: [] }
  const cells = cellsFor([policy], about)
  const from = {
    holder: policy,
    other: NO_POLICY,
    about,
    cells,
    tense: 'gained',
    budget: budget(STEPS),
    recall,
  } as const
  const gained = differences(from)
  const { undecided } = conclude(gained, NO_DIFFERENCES, [...openFaults(NO_POLICY, policy), ...cells.words.open])
  return { policy, gained: gained.found, parts: gained.parts, undecided }
}

/** Null: something is to be asked. */
function recalledParts({ statements }: TrustPolicy, recall: Recall): readonly Part[] | null {
  const parts: Part[] = []
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue
    if (statement.principal.kind === 'NotPrincipal') return null
    for (const value of statement.principal.values) {
      const found = recall(statement, value)
      if (found === undefined) return null
      parts.push({ statement, value, found })
    }
  }
  return parts
}

const NO_DIFFERENCES: Differences = { found: [], undecided: [], parts: [] }

function unread(policy: TrustPolicy, which: string): readonly Undecided[] {
  return policy.readable ? [] : [{ says: `the document ${which} could not be read`, path: '' }]
}

/** Faults of one document that the other does not share. */
function openFaults(old: TrustPolicy, now: TrustPolicy): readonly Undecided[] {
  const missing = (from: readonly NotUnderstood[], other: readonly NotUnderstood[]) =>
    from.filter((fault) => !other.some(({ canonical }) => canonical === fault.canonical))
  return [...missing(old.notUnderstood, now.notUnderstood), ...missing(now.notUnderstood, old.notUnderstood)].map(
    ({ says, path }) => ({ says, path }),
  )
}

const MOST_UNDECIDED = 20

function conclude(gained: Differences, lost: Differences, faults: readonly Undecided[]): DetailedComparison {
  const seen = new Set<string>()
  const undecided = [...faults, ...gained.undecided, ...lost.undecided].filter(({ says, path }) => {
    const known = seen.has(`${path} ${says}`)
    seen.add(`${path} ${says}`)
    return !known
  })
  const told = { gained: gained.found, lost: lost.found, undecided: undecided.slice(0, MOST_UNDECIDED) }
  return { verdict: verdictOf(told), ...told }
}
