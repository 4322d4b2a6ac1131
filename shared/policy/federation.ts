/** Admissions of users of identity providers, with what can be asked of each: which claims are demanded, and whether another token would do. Judges nobody. */

import { callOf } from './call.ts'
import type { Admission } from './comparison.ts'
import { holds } from './condition.ts'
import { decide } from './evaluate.ts'
import { issuerOf } from './keys.ts'
import type { Condition, TrustPolicy } from './policy.ts'
import { parsePrincipal } from './principal.ts'
import type { SharedProvider } from './provider-claims.ts'
import { anchorOf, reach, sharedProvider } from './providers.ts'
import { fill } from './sample.ts'

export interface Federated {
  readonly admission: Admission
  readonly policy: TrustPolicy
  /** In lower case; `saml` for all of SAML. */
  readonly issuer: string
  /** Null: its users are its owner's own, or nothing is known of it. */
  readonly provider: SharedProvider | null
  /** Those of the Allow statement on claims of the provider. */
  readonly demands: readonly Demand[]
}

/** A condition on a claim. */
export interface Demand {
  readonly claim: string
  readonly condition: Condition
}

interface Input {
  readonly policy: TrustPolicy
  readonly admissions: readonly Admission[]
}

/**
 * Rule after rule asks this of the same input: the last answer is kept. Not in a WeakMap, which keeps what it holds alive until the next
 * full collection: that cost more than all the rest of collecting.
 */
let last: { readonly input: Input; readonly found: readonly Federated[] } | null = null

export function federated(input: Input): readonly Federated[] {
  if (last?.input !== input) {
    const found = input.admissions.flatMap((admission) => throughProvider(admission, input.policy))
    last = { input, found }
  }
  return last.found
}

function throughProvider(admission: Admission, policy: TrustPolicy): readonly Federated[] {
  const { type, id } = admission.witness.principal
  if (type !== 'Federated' || admission.accompanying === true) return []
  const form = parsePrincipal(type, id)
  if (form.kind !== 'provider') return []
  const { issuer } = form
  const provider = sharedProvider(issuer)
  const conditions = policy.statements.find(({ index }) => index === admission.statement)?.conditions ?? []
  const prefixes = provider === null ? [issuer] : [issuer, provider.issuer]
  const demands = conditions.flatMap((condition) => {
    const prefix = prefixes.find((one) => condition.name.startsWith(`${one}:`))
    return prefix === undefined ? [] : [{ claim: condition.name.slice(prefix.length + 1), condition }]
  })
  return [{ admission, policy, issuer, provider, demands }]
}

/** Says what a claim has to be, not what it must not be or may be. */
export function isPositive({ operator: { base, qualifier } }: Condition): boolean {
  return base !== null && base.family !== 'null' && !base.negated && qualifier !== 'ForAllValues'
}

/** The values asked of claims that tell one subject from another, with how far each reaches. */
export function pins({ provider, demands }: Federated) {
  if (provider === null) return []
  return demands
    .filter(({ claim, condition }) => isPositive(condition) && anchorOf(provider, claim) !== undefined)
    .flatMap(({ claim, condition }) =>
      condition.values
        .filter((value) => !isTakenLiterally(condition, value))
        .map((value) => ({ claim, condition, value, reach: reach(provider, claim, value) })),
    )
}

/** A wildcard where it is no more than a letter; no token has one. */
export function isTakenLiterally({ name, operator: { base } }: Condition, value: string): boolean {
  const isExact = base !== null && base.family === 'string' && base.relation.startsWith('equals') && !base.negated
  return isExact && issuerOf(name) !== null && /[*?]/.test(value)
}

/** Would the caller get in with these claims instead? An open question counts as yes. */
export function alsoWith(one: Federated, claims: Readonly<Record<string, string | null>>): boolean {
  if (one.demands.some((demand) => isUnmet(demand, claims))) return false
  const { admission, policy, issuer } = one
  // The rest of the statement holds as it did for the witness.
  if (policy.statements.every(({ effect }) => effect === 'Allow')) return true
  const { witness } = admission
  const changed = new Map(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]))
  const kept = Object.entries(witness.context).filter(([key]) => !changed.has(key.toLowerCase()))
  const said = [...changed].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
  const decision = decide(policy, callOf({ ...witness, context: Object.fromEntries([...kept, ...said]) }))
  return decision === 'allow' || decision === 'undecided'
}

function isUnmet({ claim, condition }: Demand, claims: Readonly<Record<string, string | null>>): boolean {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  return value !== undefined && holds(condition, value === null ? null : [value]) === 'no'
}

/** What runs of GitHub say of themselves besides the subject. */
const OF_A_RUN = { ref: null, ref_type: null, head_ref: null, base_ref: null, event_name: null, environment: null }

/** Does a job of a branch get in that nobody named? */
export function admitsAnyBranch(of: Federated): boolean {
  const branch = of.provider?.runs?.branch
  if (branch === undefined) return false
  const ref = { ...OF_A_RUN, ref: 'refs/heads/example-branch', ref_type: 'branch', event_name: 'push' }
  return projects(of).some((project) => alsoWith(of, { ...ref, sub: `${project}${branch}` }))
}

/** Does a job get in that a proposed change set off? */
export function admitsProposals(of: Federated): boolean {
  const proposal = of.provider?.runs?.proposal
  if (proposal === undefined) return false
  const run = { ...OF_A_RUN, ref: 'refs/pull/1/merge', event_name: 'pull_request' }
  return projects(of).some((project) => alsoWith(of, { ...run, sub: `${project}${proposal}` }))
}

/** The projects that the statement's subjects begin with. */
function projects({ provider, demands }: Federated): readonly string[] {
  const pattern = provider?.runs?.project
  if (pattern === undefined) return []
  const subjects = demands.filter(({ claim, condition }) => claim === 'sub' && isPositive(condition))
  if (subjects.length === 0) return pattern.exec(provider?.stranger ?? '') ?? []
  const found = subjects.flatMap(({ condition }) => condition.values.flatMap((value) => projectsOf(value, pattern)))
  return [...new Set(found)]
}

/** How far a value asked of a claim reaches; null where the claim tells nobody apart, or the value is not what is asked. */
export function reachOf(condition: Condition, value: string): ReturnType<typeof reach> | null {
  const issuer = issuerOf(condition.name)
  const provider = issuer === null ? null : sharedProvider(issuer)
  if (issuer === null || provider === null || !isPositive(condition)) return null
  const claim = condition.name.slice(issuer.length + 1)
  return anchorOf(provider, claim) === undefined ? null : reach(provider, claim, value)
}

function projectsOf(value: string, pattern: RegExp): readonly string[] {
  const whole = pattern.exec(value)?.[0]
  if (whole !== undefined && !/[*?]/.test(whole)) return [whole]
  return fill(value).flatMap((subject) => pattern.exec(subject)?.[0] ?? [])
}
