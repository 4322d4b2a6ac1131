/** Who gets in, and who may: what cannot be decided is taken to hold in an Allow and not to hold in a Deny. Pure; judges nobody. */

import { fingerprint, spelt } from './policy/canonical.ts'
import { entrances } from './policy/compare.ts'
import type { Admission, Undecided } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import type { PrincipalClause, Statement, TrustPolicy } from './policy/policy.ts'
import type { Entrances } from './policy/recall.ts'

export interface Admitted {
  /** Certain ones first. One that only may get in says so, and why. */
  readonly admissions: readonly Admission[]
  /** Those certain alone. */
  readonly certain: readonly Admission[]
  readonly undecided: readonly Undecided[]
  /** Where the certain ones get in, for a policy that differs in few places. */
  readonly entrances: Entrances
}

/** What is taken for granted can bring up the next question: a few rounds are plenty for what people write. */
const MOST_ROUNDS = 4

/** @param known of a policy that is the same in most places */
export function admittedBy(policy: TrustPolicy, about: RoleContext, known: Admitted | null = null): Admitted {
  const sure = entrances(policy, about, known?.entrances)
  const { gained, undecided } = sure
  if (!policy.readable || undecided.length === 0)
    return { admissions: gained, certain: gained, undecided, entrances: sure }
  let [leaning, open, may] = [policy, undecided, gained]
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    leaning = leaned(leaning, open)
    const next = entrances(leaning, about)
    open = next.undecided
    may = next.gained
  }
  const certain = new Set(gained.map(placeOf))
  const doubtful = may.filter((admission) => !certain.has(placeOf(admission)))
  const admissions = [...gained, ...doubtful.map((one) => perhaps(one, policy, undecided))]
  return { admissions, certain: gained, undecided, entrances: sure }
}

function placeOf({ principal, statement, severity, who }: Admission): string {
  return JSON.stringify([principal, statement, severity, who.kind, who.account])
}

const MOST_DOUBTS = 3

/** The fingerprint is that of the statement as written: an undecided condition tells findings apart like any other. */
function perhaps(admission: Admission, policy: TrustPolicy, undecided: readonly Undecided[]): Admission {
  const statement = policy.statements.find(({ index }) => index === admission.statement)
  const more = undecided.length > MOST_DOUBTS ? `; and ${undecided.length - MOST_DOUBTS} more` : ''
  const doubt = undecided
    .slice(0, MOST_DOUBTS)
    .map(({ says }) => says)
    .join('; ')
  return {
    ...admission,
    doubt: `${doubt}${more}`,
    fingerprint: statement === undefined ? admission.fingerprint : fingerprint(statement),
  }
}

function leaned(policy: TrustPolicy, undecided: readonly Undecided[]): TrustPolicy {
  const paths = new Set(undecided.map(({ path }) => path))
  const statements = policy.statements.flatMap((statement) => leanedStatement(statement, paths))
  return { ...policy, statements, notUnderstood: [] }
}

function leanedStatement(statement: Statement, paths: ReadonlySet<string>): readonly Statement[] {
  const open = statement.conditions.filter(({ path }) => paths.has(path))
  const isOpen = open.length > 0 || paths.has(statement.path) || statement.notUnderstood.length > 0
  if (!isOpen) return [statement]
  if (statement.effect === 'Deny') return []
  const conditions = statement.conditions.filter((condition) => !open.includes(condition))
  return [spelt({ ...statement, conditions, principal: leanedPrincipal(statement.principal), notUnderstood: [] })]
}

/** All but a few is nearly everyone. A principal that is not understood stays: a misspelt name is nobody's. */
function leanedPrincipal({ kind, values }: PrincipalClause): PrincipalClause {
  if (kind === 'Principal') return { kind, values }
  const path = values[0]?.path ?? ''
  return { kind: 'Principal', values: [{ key: 'AWS', value: 'NotPrincipal', form: { kind: 'everyone' }, path }] }
}
