/** `npm run fuzz [target …] [-- --runs N --seed S]`: every target, or only those named. The same seed runs the same again. */

import { parseArgs } from 'node:util'
import { evaluateTarget } from './evaluate.ts'
import { parseTarget } from './parse.ts'
import type { Target } from './target.ts'

const TARGETS: ReadonlyMap<string, Target> = new Map([
  ['parse', parseTarget],
  ['evaluate', evaluateTarget],
])

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const seed = wholeNumber('--seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31)
const runs = wholeNumber('--runs', values.runs)
for (const name of named(positionals)) run(name)

function named(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !TARGETS.has(name))
  if (unknown.length > 0)
    throw new Error(`There is no target ${unknown.join(', ')}. The targets are ${[...TARGETS.keys()].join(', ')}.`)
  return names.length === 0 ? [...TARGETS.keys()] : names
}

function run(name: string): void {
  const target = TARGETS.get(name)
  if (target === undefined) return
  const many = runs ?? target.runs
  console.log(`${name}: ${many} runs from seed ${seed}`)
  const start = performance.now()
  const { figures, failure } = target.fuzz({ runs: many, seed })
  for (const figure of figures) console.log(`    ${figure}`)
  console.log(`    ${((performance.now() - start) / 1000).toFixed(1)} s`)
  if (failure === null) return
  console.error(`FAILED, and again with: npm run fuzz ${name} -- --runs ${many} --seed ${seed}\n${failure}`)
  process.exitCode = 1
}

function wholeNumber(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${flag} takes a whole number, not ${text}`)
  return Number(text)
}
