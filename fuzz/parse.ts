/** The parser on a million mutated documents: it neither throws nor hangs, says where, and what it says is whole. */

import { lookalike } from '../shared/policy/lookalike.ts'
import { parseTrust } from '../shared/policy/parse.ts'
import type { Problem } from '../shared/policy/problem.ts'
import { type Mutated, mutator } from './mutate.ts'
import type { Outcome, Target, Task } from './target.ts'

/** A document takes well under a millisecond; this is a hang on any machine. */
const MOST_MS = 2_000

export const parseTarget: Target = { runs: 1_000_000, fuzz: fuzzParse }

interface Tally {
  readonly codes: Map<string, number>
  readonly kinds: Map<string, number>
  clean: number
  characters: number
  slowest: number
}

function fuzzParse({ runs, seed }: Task): Outcome {
  const next = mutator(seed)
  const tally: Tally = { codes: new Map(), kinds: new Map(), clean: 0, characters: 0, slowest: 0 }
  for (let run = 0; run < runs; run++) {
    const mutated = next()
    const wrong = parseOne(mutated, tally)
    if (wrong !== null) return { figures: figures(tally, run + 1), failure: failureOf(wrong, run, mutated) }
  }
  return { figures: figures(tally, runs), failure: null }
}

/** What is wrong with what the parser says; null: nothing. */
function parseOne({ text, kind }: Mutated, tally: Tally): string | null {
  const start = performance.now()
  const wrong = parseFault(text, tally)
  const ms = performance.now() - start
  add(tally.kinds, kind)
  tally.characters += text.length
  tally.slowest = Math.max(tally.slowest, ms)
  return wrong ?? (ms > MOST_MS ? `it took ${ms.toFixed(0)} ms` : null)
}

/** @returns why what the parser says cannot be */
export function parseFault(text: string, tally?: Tally): string | null {
  try {
    const { policy, problems } = parseTrust(text)
    if (tally !== undefined && problems.length === 0) tally.clean += 1
    if (tally !== undefined) for (const code of new Set(problems.map((problem) => problem.code))) add(tally.codes, code)
    lookalike(text)
    if (!policy.readable && problems.length === 0) return 'it is not readable, and nothing is said to be wrong'
    const lines = problems.length === 0 ? [] : text.split('\n')
    return problems.flatMap((problem) => misplaced(problem, lines) ?? [])[0] ?? null
  } catch (error) {
    return `it threw ${error instanceof Error ? error.stack : String(error)}`
  }
}

function misplaced(problem: Problem, lines: readonly string[]): string | null {
  const { line, column, message, path } = problem
  const length = lines[line - 1]?.length
  if (length === undefined || column < 1 || column > length + 1) return `${JSON.stringify(problem)} is outside the text`
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/s.test(path)) return `${path} is no JSON pointer`
  return message === '' || message.length > 1_000 ? `${JSON.stringify(problem)} says nothing, or too much` : null
}

function figures({ codes, kinds, clean, characters, slowest }: Tally, runs: number): readonly string[] {
  const sorted = (counts: Map<string, number>) =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  return [
    `${runs} documents, ${(characters / 1e6).toFixed(0)} million characters, ${clean} without a problem, the slowest took ${slowest.toFixed(0)} ms`,
    `mutations: ${sorted(kinds)}`,
    `${codes.size} codes: ${sorted(codes)}`,
  ]
}

function failureOf(wrong: string, run: number, { text, kind }: Mutated): string {
  return `run ${run} (${kind}): ${wrong}\n${JSON.stringify(text.slice(0, 4_000))}`
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
