/**
 * Runs the tests of the comparison for Stryker in its own process, anew for every mutant: starting Vitest takes a hundred times as long
 * as most of them. Knows of Vitest what they use: `describe`, `it`, `it.each` (or `test`) and its own `expect`.
 */

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import { Script } from 'node:vm'
import { build } from 'esbuild'
import { expect } from 'vitest'

/** Tables, and a few pairs for the slow evaluator. Laws and hard documents would notice more; each mutant that survives pays for all. */
const TESTS = [
  'compare',
  'decided',
  'differences',
  'real-changes',
  'same-trust',
  'undecided',
  'variables',
  'accounts',
  'entries',
  'patterns',
  'readable',
  'passing',
  'passed',
  'witness',
  'canonical',
  'recall',
  'own-role',
  'exposed',
  'language',
  'solve-key',
  'cells',
  'now',
  'link',
  'link-of',
  'covering',
  'split',
  'tied',
  'who-can',
  'whole-set',
  'real-values',
  'given-up',
]
const PAIRS = '8'

const VITEST = `
export const { describe, it, test, expect } = globalThis.__vitest
`

const vitest = {
  name: 'vitest',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'in-process' }))
    onLoad({ filter: /./, namespace: 'in-process' }, () => ({ contents: VITEST }))
  },
}

async function compiled() {
  const { outputFiles } = await build({
    stdin: {
      contents: TESTS.map((name) => `import './test/policy/${name}.test.ts'`).join('\n'),
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    define: { 'import.meta.url': 'testUrl' },
    logLevel: 'error',
    plugins: [vitest],
  })
  return new Script(`(function (require, module, exports, testUrl) {${outputFiles[0].text}\n})`)
}

/** Loads everything anew, and what the tests register. */
function load(script) {
  const tests = []
  const names = []
  const add = (name, run) => tests.push({ id: [...names, name].join(' > '), run })
  const it = (name, run) => add(name, run)
  it.each = (rows) => (name, run) => {
    for (const row of rows) {
      const args = Array.isArray(row) ? row : [row]
      add(name.includes('%') ? format(name, ...args.slice(0, name.split('%').length - 1)) : name, () => run(...args))
    }
  }
  const describe = (name, define) => {
    names.push(name)
    define()
    names.pop()
  }
  globalThis.__vitest = { describe, it, test: it, expect }
  const file = join(process.cwd(), 'test', 'in-process.cjs')
  script.runInThisContext()(createRequire(file), { exports: {} }, {}, pathToFileURL(file).href)
  return tests
}

class InProcess {
  durations = new Map()

  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    process.env.FUZZ_PAIRS ??= PAIRS
    this.script = await compiled()
    globalThis.__stryker__ ??= {}
  }

  async dryRun() {
    const ns = globalThis.__stryker__
    ns.activeMutant = undefined
    const results = await this.run(load(this.script), { bail: false })
    for (const { id, timeSpentMs } of results) this.durations.set(id, timeSpentMs)
    return { status: 'complete', tests: results, mutantCoverage: ns.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const ns = globalThis.__stryker__
    ns.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined
    ns.hitCount = hitLimit === undefined ? undefined : 0
    ns.hitLimit = hitLimit
    try {
      const wanted = load(this.script).filter(({ id }) => testFilter?.includes(id) ?? true)
      ns.activeMutant = activeMutant.id
      const results = await this.run(wanted, { bail: true })
      const failed = results.find(({ status }) => status === 1)
      if (ns.hitCount > hitLimit) return { status: 'timeout', reason: `Hit limit reached (${ns.hitCount}/${hitLimit})` }
      if (failed === undefined) return { status: 'survived', nrOfTests: results.length }
      return {
        status: 'killed',
        killedBy: [failed.id],
        failureMessage: failed.failureMessage,
        nrOfTests: results.length,
      }
    } catch (error) {
      return { status: 'killed', killedBy: ['loading'], failureMessage: String(error), nrOfTests: 0 }
    } finally {
      ns.activeMutant = undefined
    }
  }

  /** The fastest first: often one of them is enough. */
  async run(tests, { bail }) {
    const results = []
    const time = ({ id }) => this.durations.get(id) ?? 0
    for (const { id, run } of tests.toSorted((one, other) => time(one) - time(other))) {
      globalThis.__stryker__.currentTestId = id
      const begin = performance.now()
      const failureMessage = await outcome(run)
      const timeSpentMs = performance.now() - begin
      results.push({
        id,
        name: id,
        timeSpentMs,
        ...(failureMessage === null ? { status: 0 } : { status: 1, failureMessage }),
      })
      if (bail && failureMessage !== null) break
    }
    globalThis.__stryker__.currentTestId = undefined
    return results
  }
}

/** Null: passed. */
async function outcome(run) {
  try {
    await run()
    return null
  } catch (error) {
    return String(error)
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcess }]
