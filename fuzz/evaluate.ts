/** The evaluator against the second opinion, on generated pairs of a policy and a call. Counts what it met: agreement on nothing but denials says little. */

import fc from 'fast-check'
import { callOf, conditionHolds } from '../shared/policy/call.ts'
import { evaluate } from '../shared/policy/evaluate.ts'
import { parseTrust } from '../shared/policy/parse.ts'
import type { TrustPolicy } from '../shared/policy/policy.ts'
import type { Request } from '../shared/policy/request.ts'
import { type Decided, slowlyDecides, type Told } from '../test/policy/slow-evaluator.ts'
import type { Outcome, Target, Task } from './target.ts'
import { policy, request } from './trust.ts'

export interface Disagreement {
  readonly policy: string
  readonly request: Request
  readonly evaluator: Decided
  readonly opinion: Decided
}

export interface Comparison {
  readonly pairs: number
  readonly decisions: Readonly<Record<string, number>>
  /** By operator: how often its conditions held, did not, and were undecided. */
  readonly operators: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** The smallest that was found; null: they agree. */
  readonly disagreement: Disagreement | null
}

const EACH = 20

/** Runs are pairs of a policy and a call. */
export const evaluateTarget: Target = { runs: 220_000, fuzz: fuzzEvaluate }

function fuzzEvaluate(task: Task): Outcome {
  const { pairs, decisions, operators, disagreement: found } = compareEvaluators(task)
  const share = ([name, count]: readonly [string, number]) => `${name} ${((100 * count) / pairs).toFixed(1)} %`
  const one = ([name, { yes = 0, no = 0, undecided = 0 }]: [string, Readonly<Record<string, number>>]) =>
    `${name} ${yes}/${no}/${undecided}`
  return {
    figures: [
      `${pairs} pairs: ${Object.entries(decisions).map(share).join(', ')}`,
      `conditions that held/did not/were undecided: ${Object.entries(operators).sort().map(one).join(', ')}`,
    ],
    failure: found === null ? null : JSON.stringify(found, null, 2),
  }
}

export function compareEvaluators({ runs, seed }: { readonly runs: number; readonly seed: number }): Comparison {
  const decisions = new Map<string, number>()
  const operators = new Map<string, Map<string, number>>()
  let pairs = 0
  const calls = fc.array(request, { minLength: EACH, maxLength: EACH })
  const result = fc.check(
    fc.property(policy, calls, (document, asked) => {
      const text = JSON.stringify({ Version: document.version, Statement: document.statements })
      const trust = parseTrust(text).policy
      const found = asked.map((one) => {
        pairs += 1
        const { decision } = evaluate(trust, one)
        add(decisions, decision)
        countOperators(trust, one, operators)
        return disagreement(text, document, one, decision)
      })
      return found.every((one) => one === null)
    }),
    { numRuns: Math.ceil(runs / EACH), seed },
  )
  const [document, asked = []] = result.counterexample ?? []
  const smallest = document === undefined ? null : firstDisagreement(document, asked)
  return {
    pairs,
    decisions: Object.fromEntries(decisions),
    operators: Object.fromEntries([...operators].map(([name, counts]) => [name, Object.fromEntries(counts)])),
    disagreement: smallest,
  }
}

interface Written {
  readonly version: string
  readonly statements: readonly Told[]
}

function disagreement(
  text: string,
  { statements, version }: Written,
  asked: Request,
  decision: Decided,
): Disagreement | null {
  const opinion = slowlyDecides(statements, asked, version)
  return opinion === decision ? null : { policy: text, request: asked, evaluator: decision, opinion }
}

function firstDisagreement(document: Written, asked: readonly Request[]): Disagreement | null {
  const text = JSON.stringify({ Version: document.version, Statement: document.statements })
  const trust = parseTrust(text).policy
  for (const one of asked) {
    const found = disagreement(text, document, one, evaluate(trust, one).decision)
    if (found !== null) return found
  }
  return null
}

function countOperators(trust: TrustPolicy, asked: Request, operators: Map<string, Map<string, number>>): void {
  const call = callOf(asked)
  for (const { conditions } of trust.statements)
    for (const condition of conditions) {
      const name = condition.operator.base === null ? 'not understood' : nameOf(condition.operator.name)
      const counts = operators.get(name) ?? new Map<string, number>()
      operators.set(name, counts)
      add(counts, conditionHolds(condition, call))
    }
}

function nameOf(name: string): string {
  return name === name.toLowerCase() ? 'StringEquals' : name.replace('IfExists', '')
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
