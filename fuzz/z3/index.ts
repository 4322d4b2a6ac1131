/** Asks a solver what the comparison says of generated pairs: they must agree. Both are timed on them. Knows the solver as a function only. */

import { compareTrust } from '../../shared/policy/compare.ts'
import { random } from '../random.ts'
import { formulaOf } from './formula.ts'
import { type Pair, pair, text } from './fragment.ts'

export type Solve = (formula: string) => Promise<'sat' | 'unsat' | 'unknown'>

/** What was said, and after how many milliseconds. */
interface Answer {
  readonly verdict: string
  readonly ms: number
}

/** Compared again and again, so that compiled code is measured, as the solver's is; a pair counts with the median. */
const ROUNDS = 7

export async function askSolver(
  solve: Solve,
  task: { readonly runs: number; readonly seed: number },
): Promise<boolean> {
  const by = random(task.seed)
  const pairs = Array.from({ length: task.runs }, () => pair(by))
  const rounds = Array.from({ length: ROUNDS }, () => pairs.map(compared))
  const own = pairs.map((_, i) => medianOf(rounds.flatMap((round) => round[i] ?? [])))
  const solvers: Answer[] = []
  for (const [i, one] of pairs.entries()) {
    const answer = await solved(one, solve)
    solvers.push(answer)
    const verdict = own[i]?.verdict
    if (verdict === answer.verdict || verdict === 'undecided' || answer.verdict === 'unknown') continue
    console.error(`FAILED: ${verdict}, and the solver says ${answer.verdict}`)
    console.error(`before ${text(one.before)}\nafter  ${text(one.after)}`)
    return false
  }
  report(own, solvers)
  return true
}

function compared({ before, after }: Pair): Answer {
  const [old, now] = [text(before), text(after)]
  const start = performance.now()
  const { verdict } = compareTrust(old, now)
  return { verdict, ms: performance.now() - start }
}

async function solved({ before, after }: Pair, solve: Solve): Promise<Answer> {
  const [gains, loses] = [formulaOf(after, before), formulaOf(before, after)]
  const start = performance.now()
  const [gained, lost] = [await solve(gains), await solve(loses)]
  const ms = performance.now() - start
  if (gained === 'unknown' || lost === 'unknown') return { verdict: 'unknown', ms }
  if (gained === lost) return { verdict: gained === 'sat' ? 'both' : 'equivalent', ms }
  return { verdict: gained === 'sat' ? 'widened' : 'narrowed', ms }
}

function medianOf(answers: readonly Answer[]): Answer {
  return [...answers].sort((a, b) => a.ms - b.ms)[answers.length >> 1] ?? { verdict: 'none', ms: Number.NaN }
}

function report(own: readonly Answer[], solvers: readonly Answer[]): void {
  for (const verdict of ['equivalent', 'widened', 'narrowed', 'both', 'undecided'])
    console.log(`    verdict ${verdict}: ${own.filter((one) => one.verdict === verdict).length}`)
  console.log(`    no answer of the solver: ${solvers.filter(({ verdict }) => verdict === 'unknown').length}`)
  const ratios = own.map(({ ms, verdict }, i) => ({ verdict, ms: (solvers[i]?.ms ?? Number.NaN) / ms }))
  const total = (answers: readonly Answer[]) => answers.reduce((sum, { ms }) => sum + ms, 0)
  const [one, other] = [medianOf(own).ms.toFixed(3), medianOf(solvers).ms.toFixed(1)]
  console.log(
    `    median of a pair: ${one} ms, the solver ${other} ms; median of the ratios: ${medianOf(ratios).ms.toFixed(0)}`,
  )
  const times = total(solvers) / total(own)
  console.log(
    `    all pairs: ${total(own).toFixed(0)} ms, the solver ${total(solvers).toFixed(0)} ms: ${times.toFixed(0)} times`,
  )
}
