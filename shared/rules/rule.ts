/** What a rule is: one question about who gets in. Knows nothing of alerts, memory or where a policy came from. */

import type { Actor } from '../alert.ts'
import { fingerprint } from '../policy/canonical.ts'
import type { Admission, Undecided } from '../policy/comparison.ts'
import type { RoleContext } from '../policy/context.ts'
import type { Condition, PrincipalForm, Statement, TrustPolicy } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'

/** What a rule is asked about. */
export interface RuleInput {
  readonly policy: TrustPolicy
  /** Who can get in, conditions and Deny counted: what comparing nobody with the policy gains, and who may besides (shared/lean.ts). */
  readonly admissions: readonly Admission[]
  /** What that comparison could not decide. Not empty: nobody can say who else gets in. */
  readonly undecided: readonly Undecided[]
  readonly about: RoleContext
  /** Null: the policy is judged as it stands, or no earlier version is known. */
  readonly drift: Drift | null
}

/** The change that brought the policy about. */
export interface Drift {
  readonly gained: readonly Admission[]
  /** The version compared with. Absent: only the words of `gained` tell who is new. */
  readonly before?: TrustPolicy
  /** Null: nobody saw who did it. */
  readonly actor: Actor | null
  /** `observed`: found by looking, written at an unknown time. */
  readonly write: 'created' | 'updated' | 'observed'
}

/** A rule's judgement, before `shared/check.ts` makes a Finding of it. */
export interface Draft {
  /** Where somebody is admitted: the admission's. A rule invents its own only where nobody is, or where design says so by name. */
  readonly severity: Severity
  /** Who, through which statement, under which condition. */
  readonly says: string
  /** Index of the statement, from 0. */
  readonly statement: number | null
  /** As the document writes it. */
  readonly principal: string | null
  /** What tells two findings on one principal apart. */
  readonly fingerprint: string
}

/** A document that might put right what the drafts say. `shared/check.ts` shows it only once it is proven to. */
export interface Repair {
  readonly summary: string
  /** JSON text. */
  readonly policy: string
}

export interface Rule {
  /** The fault's name; also the file's. Never renamed or reused once shipped. */
  readonly id: string
  /** The family and number the rule is counted under, e.g. `PUB-01`. */
  readonly code: string
  readonly title: string
  /** Why it matters. */
  readonly reason: string
  /** Public AWS documentation. */
  readonly reference: string
  /** Without it the rule never speaks: a change, or a service known to use the role. Absent: the policy and its account are enough. */
  readonly needs?: 'change' | 'workload'
  /** Rules that ask a more specific question: where one of them speaks of a principal in a statement, this one is silent. */
  readonly yieldsTo?: readonly string[]
  readonly check: (input: RuleInput) => readonly Draft[]
  /** One document that puts right everything in `drafts`; null where nothing mechanical does. */
  readonly fix?: (input: RuleInput, drafts: readonly Draft[]) => Repair | null
}

/** A policy, the circumstances, and what the rule makes of them. Documentation and test in one. */
export type Example = Circumstances & (Fires | Silent)

/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

interface Circumstances {
  /** A sentence about the world. */
  readonly name: string
  readonly policy: Json
  readonly about?: RoleContext
  readonly change?: {
    /** ARN of whoever wrote the policy. */
    readonly actor: string
    /** Absent: it was no sign-in to the console. */
    readonly console?: { readonly mfa: boolean }
    /** Null: the role was created with the policy. */
    readonly before: Json
  }
}

interface Fires {
  readonly fires: Severity
  /** The document the fix proposes; null: there is none. */
  readonly fixed: Json
}

interface Silent {
  readonly silent: true
  /** What makes the difference to an example that fires. */
  readonly because: string
}

/** What an admission means for a rule that objects to it: the admission's own severity and words. */
export function draftOf(admission: Admission, policy: TrustPolicy): Draft {
  const { severity, says, statement, principal, fingerprint, doubt, witness } = admission
  const who = `${says.charAt(0).toUpperCase()}${says.slice(1)}`
  const where = statementName(policy, statement)
  const sentence =
    doubt === undefined
      ? `${who} ${witness.principal.type === 'Federated' ? 'get' : 'gets'} in through ${where}`
      : `${who} may get in through ${where}; not certain, because ${doubt}`
  return { severity, says: sentence, statement, principal, fingerprint }
}

/** `statement 2 ("Deploy")`: counted from 1, as people do, with the Sid where there is one. */
export function statementName(policy: TrustPolicy, index: number): string {
  const sid = policy.statements.find((statement) => statement.index === index)?.sid ?? ''
  return sid === '' ? `statement ${index + 1}` : `statement ${index + 1} ("${sid}")`
}

/** Where an admission comes from. */
export interface Place {
  readonly statement: Statement
  /** What the principal that lets the caller in stands for. */
  readonly form: PrincipalForm
}

/** Speaks of each who gets in and of whom there is something to add. @param remark what follows the admission's words; null: nothing */
export function remarks(
  { policy }: Pick<RuleInput, 'policy'>,
  admitted: readonly Admission[],
  remark: (admission: Admission, place: Place) => string | null,
): readonly Draft[] {
  const drafts: Draft[] = []
  for (const admission of admitted) {
    const place = admission.accompanying === true ? null : placeOf(admission, policy)
    const words = place === null ? null : remark(admission, place)
    if (words === null) continue
    const draft = draftOf(admission, policy)
    drafts.push({ ...draft, says: `${draft.says}, ${words}` })
  }
  return drafts
}

function placeOf({ statement: index, principal }: Admission, { statements }: TrustPolicy): Place | null {
  const statement = statements.find((one) => one.index === index)
  const value = statement?.principal.values.find((one) => one.value === principal)
  return statement === undefined || value === undefined ? null : { statement, form: value.form }
}

/** Speaks of a statement itself, where what is wrong admits nobody. */
export function statementDraft(
  policy: TrustPolicy,
  statement: Statement,
  { severity, says }: { readonly severity: Severity; readonly says: (name: string) => string },
): Draft {
  const text = says(statementName(policy, statement.index))
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return { severity, says: sentence, statement: statement.index, principal: null, fingerprint: fingerprint(statement) }
}

/** Every condition of the policy, with its statement. */
export function conditionsIn({ statements }: TrustPolicy): readonly { statement: Statement; condition: Condition }[] {
  return statements.flatMap((statement) => statement.conditions.map((condition) => ({ statement, condition })))
}
