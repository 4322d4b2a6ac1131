/** All rules over one trust policy: drafts become findings, worst first. Pure; where the policy comes from is not known here. */

import { type Finding, findingId } from './finding.ts'
import { type Admitted, admittedBy } from './lean.ts'
import { compareTrusts } from './policy/compare.ts'
import type { Admission } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import { ownAccount } from './policy/exposure.ts'
import { parseTrust } from './policy/parse.ts'
import type { TrustPolicy } from './policy/policy.ts'
import type { Problem } from './policy/problem.ts'
import { readTrust, type Sources } from './policy/read.ts'
import { takenAway } from './policy/recall.ts'
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
  /** Who gets in, where it is known already. */
  readonly admitted?: Admitted
  /** What the policy was read from, where somebody has it: a fix differs from that in little. */
  readonly sources?: Sources
}

/** Judges the text of a trust policy. Never throws: what is not understood is a problem, with its place. */
export function checkTrust(text: string, about: RoleContext = {}): { problems: Problem[]; findings: Finding[] } {
  const { policy, problems } = parseTrust(text, about)
  const role = about.roleArn?.slice(about.roleArn.lastIndexOf('/') + 1) ?? ''
  const findings = judgePolicy({ policy, about, account: ownAccount(about) ?? '', role, drift: null })
  return { problems, findings }
}

/** Every rule's findings on one policy, worst first. Never throws. */
export function judgePolicy(one: Case): Finding[] {
  return newFindings(one, () => new Set()).findings
}

/** The keys of what is known already. @param asked the rules whose findings they are */
type KnownKeys = (asked: ReadonlySet<string>) => ReadonlySet<string>

/** What `judgePolicy` finds and nobody knows yet, and how many it finds that somebody does. Nobody reads the fixes of those. */
export function newFindings(one: Case, knownKeys: KnownKeys): { readonly findings: Finding[]; readonly old: number } {
  const admitted = one.admitted ?? admittedBy(one.policy, one.about)
  const input = inputFor(one, admitted)
  const spoken = speak(input, rules)
  const said = onceEach(spoken.flatMap(({ rule, drafts }) => sayings(rule, drafts, spoken)))
  const known = said.length === 0 ? new Set<string>() : knownKeys(new Set(spoken.map(({ rule }) => rule.id)))
  const fresh = said.filter(({ key }) => !known.has(key))
  // Of all drafts, heard or not: a fix has to make the rule fall silent altogether.
  const fixes = spoken
    .filter(({ rule }) => fresh.some((saying) => saying.rule === rule))
    .map(({ rule, drafts }) => [rule, provenFix(rule, { input, admitted, drafts, sources: one.sources })] as const)
  const fixOf = new Map(fixes)
  const findings = fresh.map((saying) => findingOf(saying, one, fixOf.get(saying.rule) ?? null))
  return { findings, old: said.length - fresh.length }
}

/** What a rule has to say, and what makes it the same as what was said of this role before. */
interface Saying {
  readonly rule: Rule
  readonly draft: Draft
  readonly key: string
}

function sayings(rule: Rule, drafts: readonly Draft[], spoken: Spoken): readonly Saying[] {
  return leftToSay(rule, drafts, spoken).map((draft) => ({ rule, draft, key: keyOf(rule, draft) }))
}

/** As a finding's id says it of one role, and cheaper: it is asked of what is said both before and after. */
function keyOf({ id }: Rule, { principal, fingerprint }: Draft): string {
  const who = spelt(principal) ?? ''
  return `${id} ${who.length} ${who} ${fingerprint}`
}

/** Worst first. A statement written twice is one fault. */
function onceEach(sayings: readonly Saying[]): readonly Saying[] {
  const sorted = [...sayings].sort((one, other) => byWorstFirst(one.draft, other.draft))
  const seen = new Set<string>()
  return sorted.filter(({ key }) => {
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** The keys of what these rules find, without working out the fixes: what a finding has to be compared with to be new. */
export function findingKeys(one: Case, asked: ReadonlySet<string>): ReadonlySet<string> {
  const admitted = one.admitted ?? admittedBy(one.policy, one.about)
  const spoken = speak(inputFor(one, admitted), heardWith(asked))
  const found = spoken.filter(({ rule }) => asked.has(rule.id))
  return new Set(found.flatMap(({ rule, drafts }) => sayings(rule, drafts, spoken).map(({ key }) => key)))
}

/** Those that any of these yields to must be heard as well. */
function heardWith(asked: ReadonlySet<string>): readonly Rule[] {
  const wanted = new Set(asked)
  for (const id of asked) for (const other of YIELDS.get(id) ?? []) wanted.add(other)
  return rules.filter(({ id }) => wanted.has(id))
}

const YIELDS = new Map(rules.map(({ id, yieldsTo = [] }) => [id, yieldsTo]))

function yields({ yieldsTo }: Rule, id: string): boolean {
  return yieldsTo?.includes(id) === true
}

function speak(input: RuleInput, heard: readonly Rule[]): Spoken {
  const spoken: { readonly rule: Rule; readonly drafts: readonly Draft[] }[] = []
  for (const rule of heard) {
    const drafts = rule.check(input)
    if (drafts.length > 0) spoken.push({ rule, drafts })
  }
  return spoken
}

/** Who gets in is worked out once, for all rules. */
function inputFor(
  { policy, about, drift }: Pick<Case, 'policy' | 'about' | 'drift'>,
  { admissions, undecided }: Admitted,
): RuleInput {
  return { policy, admissions, undecided, about, drift }
}

/** One fault, one finding: where a rule that asks the more specific question speaks of the same, it speaks alone. */
function leftToSay(rule: Rule, drafts: readonly Draft[], spoken: Spoken): readonly Draft[] {
  const others = spoken.filter((other) => yields(rule, other.rule.id))
  const said = others.flatMap((other) => other.drafts)
  return drafts.filter((draft) => !said.some((other) => isOfTheSame(draft, other)))
}

/** What speaks of a whole statement, or of the whole policy, speaks of every part of it. */
function isOfTheSame(one: Draft, other: Draft): boolean {
  const fits = <T>(a: T | null, b: T | null) => a === null || b === null || a === b
  return fits(one.statement, other.statement) && fits(one.principal, other.principal)
}

type Spoken = readonly { readonly rule: Rule; readonly drafts: readonly Draft[] }[]

/** An account is the same written as its root: a document only rewritten has no finding that is new. */
function spelt(principal: string | null): string | null {
  if (principal?.endsWith(':root') !== true) return principal
  return principal.replace(/^arn:[^:]+:iam::(\d{12}):root$/, '$1')
}

function findingOf({ rule, draft }: Saying, { account, role }: Case, fix: Repair | null): Finding {
  const { severity, says, statement, principal, fingerprint } = draft
  const { id: name, title, reason, reference } = rule
  const id = findingId({ account, role, rule: name, principal: spelt(principal), fingerprint })
  return { id, rule: name, severity, title, says, why: reason, statement, principal, fix, reference }
}

/** One repair may uncover what it does not reach: the same principal in another statement. */
const MOST_REPAIRS = 5

/** What a rule spoke of, and what it was told. */
interface Objection {
  readonly input: RuleInput
  readonly admitted: Admitted
  readonly drafts: readonly Draft[]
  readonly sources: Sources | undefined
}

/** The rule's repair, if it keeps the three laws of a fix: the rule falls silent, IAM takes it and somebody still gets in, nobody gains. */
function provenFix(rule: Rule, { input, admitted, drafts, sources }: Objection): Repair | null {
  const first = rule.fix?.(input, drafts) ?? null
  let repair = first
  for (let round = 0; round < MOST_REPAIRS && first !== null && repair !== null; round++) {
    const { policy, faults } = readTrust(repair.policy, sources)
    if (faults.length > 0) return null
    const now = afterRepair(input, policy, admitted)
    const open = rule.check(now)
    if (open.length === 0) return isGood({ input, admitted, now }, rule) ? { ...repair, summary: first.summary } : null
    repair = rule.fix?.(now, open) ?? null
  }
  return null
}

function afterRepair({ about, drift }: RuleInput, policy: TrustPolicy, before: Admitted): RuleInput {
  const repaired = inputFor({ policy, about, drift: null }, admittedBy(policy, about, before))
  return { ...repaired, drift: driftLeft(drift, repaired.admissions) }
}

interface Repaired {
  readonly input: RuleInput
  readonly admitted: Admitted
  readonly now: RuleInput
}

function isGood({ input, admitted, now }: Repaired, rule: Rule): boolean {
  if (!now.admissions.some(({ who }) => who.kind !== 'nobody')) return false
  // Most fixes only take principals away: then nobody gains, and those taken away are all there are to lose.
  const gone = takenAway(admitted.entrances, now.policy)
  if (gone?.every((one) => isMeant(one, input, rule)) === true) return true
  const { gained, lost, undecided } = compareTrusts(input.policy, now.policy, input.about)
  return gained.length === 0 && undecided.length === 0 && lost.every((one) => isMeant(one, input, rule))
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
