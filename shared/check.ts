/** All rules over one trust policy: drafts become findings, worst first. Pure; where the policy comes from is not known here. */

import { type Finding, findingId } from './finding.ts'
import { compareTrusts } from './policy/compare.ts'
import type { Admission } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import { parseTrust } from './policy/parse.ts'
import type { TrustPolicy } from './policy/policy.ts'
import type { Problem } from './policy/problem.ts'
import { rules } from './rules/index.ts'
import type { Draft, Drift, Repair, Rule, RuleInput } from './rules/rule.ts'
import { byWorstFirst } from './severity.ts'

/** What the judge knows of a policy. */
export interface Case {
  readonly policy: TrustPolicy
  readonly about: RoleContext
  /** Twelve digits; '' where unknown. */
  readonly account: string
  /** Name of the role; '' where unknown. */
  readonly role: string
  /** Null: the policy is judged as it stands. */
  readonly drift: Drift | null
}

/** Judges the text of a trust policy. Never throws: what is not understood is a problem, with its place. */
export function checkTrust(text: string, about: RoleContext = {}): { problems: Problem[]; findings: Finding[] } {
  const { policy, problems } = parseTrust(text)
  const role = about.roleArn?.slice(about.roleArn.lastIndexOf('/') + 1) ?? ''
  const findings = judgePolicy({ policy, about, account: about.account ?? '', role, drift: null })
  return { problems, findings }
}

/** Every rule's findings on one policy, worst first. Never throws. */
export function judgePolicy({ policy, about, account, role, drift }: Case): Finding[] {
  const input = inputFor(policy, about, drift)
  const spoken = rules.map((rule) => ({ rule, drafts: rule.check(input) })).filter(({ drafts }) => drafts.length > 0)
  const findings = spoken.flatMap(({ rule, drafts }) => {
    const heard = leftToSay(rule, drafts, spoken)
    // Of all drafts, heard or not: a fix has to make the rule fall silent altogether.
    const fix = heard.length === 0 ? null : provenFix(rule, input, drafts)
    return heard.map((draft) => findingOf(rule, draft, { account, role, fix }))
  })
  return onceEach(findings.sort(byWorstFirst))
}

/** A statement written twice is one fault. */
function onceEach(findings: readonly Finding[]): Finding[] {
  const first = new Map(findings.toReversed().map((finding) => [finding.id, finding]))
  return findings.filter((finding) => first.get(finding.id) === finding)
}

/** Who gets in is worked out once, for all rules. */
function inputFor(policy: TrustPolicy, about: RoleContext, drift: Drift | null): RuleInput {
  const { gained, undecided } = compareTrusts(null, policy, about)
  return { policy, admissions: gained, undecided, about, drift }
}

/** One fault, one finding: where a rule that asks the more specific question speaks of a principal, it speaks alone. */
function leftToSay(rule: Rule, drafts: readonly Draft[], spoken: Spoken): readonly Draft[] {
  const others = spoken.filter((other) => rule.yieldsTo?.includes(other.rule.id) === true)
  const said = new Set(others.flatMap((other) => other.drafts.map(placeOf)))
  return drafts.filter((draft) => !said.has(placeOf(draft)))
}

type Spoken = readonly { readonly rule: Rule; readonly drafts: readonly Draft[] }[]

function placeOf({ statement, principal }: Draft): string {
  return JSON.stringify([statement, principal])
}

function findingOf(
  rule: Rule,
  draft: Draft,
  of: { readonly account: string; readonly role: string; readonly fix: Repair | null },
): Finding {
  const { severity, says, statement, principal, fingerprint } = draft
  return {
    id: findingId({ account: of.account, role: of.role, rule: rule.id, principal, fingerprint }),
    rule: rule.id,
    severity,
    title: rule.title,
    says,
    why: rule.reason,
    statement,
    principal,
    fix: of.fix,
    reference: rule.reference,
  }
}

/** One repair may uncover what it does not reach: the same principal in another statement. */
const MOST_REPAIRS = 5

/** The rule's repair, if it keeps the three laws of a fix: the rule falls silent, IAM takes it and somebody still gets in, nobody gains. */
function provenFix(rule: Rule, input: RuleInput, drafts: readonly Draft[]): Repair | null {
  const summary = rule.fix?.(input, drafts)?.summary
  if (summary === undefined) return null
  let [now, open] = [input, drafts]
  for (let round = 0; round < MOST_REPAIRS; round++) {
    const repair = rule.fix?.(now, open) ?? null
    const parsed = repair === null ? null : parseTrust(repair.policy)
    if (repair === null || parsed === null || parsed.problems.length > 0) return null
    now = afterRepair(input, parsed.policy)
    open = rule.check(now)
    if (open.length === 0) return isGood(input, now, rule) ? { summary, policy: repair.policy } : null
  }
  return null
}

function afterRepair({ about, drift }: RuleInput, policy: TrustPolicy): RuleInput {
  const repaired = inputFor(policy, about, null)
  return { ...repaired, drift: driftLeft(drift, repaired.admissions) }
}

function isGood(before: RuleInput, after: RuleInput, rule: Rule): boolean {
  const { gained, lost, undecided } = compareTrusts(before.policy, after.policy, before.about)
  const somebody = after.admissions.some(({ who }) => who.kind !== 'nobody')
  return somebody && gained.length === 0 && undecided.length === 0 && lost.every((one) => isMeant(one, before, rule))
}

/** One principal can stand for several people, by its condition: a fix shuts out only those the rule objects to. */
function isMeant(lost: Admission, input: RuleInput, rule: Rule): boolean {
  const drift = input.drift === null ? null : { ...input.drift, gained: [lost] }
  return rule.check({ ...input, admissions: [lost], drift }).length > 0
}

/** Of what a change gained, what a repaired policy still admits. */
function driftLeft(drift: Drift | null, admissions: readonly Admission[]): Drift | null {
  if (drift === null) return null
  const left = new Set(admissions.map(({ principal, fingerprint }) => JSON.stringify([principal, fingerprint])))
  const isLeft = ({ principal, fingerprint }: Admission) => left.has(JSON.stringify([principal, fingerprint]))
  return { ...drift, gained: drift.gained.filter(isLeft) }
}
