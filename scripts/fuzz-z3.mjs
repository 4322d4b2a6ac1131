// Holds the comparison against the solver Z3: `npm run fuzz:z3 [-- --runs N --seed S]`. Installs the solver in fuzz/z3 where it is not.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const folder = new URL('../fuzz/z3/', import.meta.url)
const outfile = new URL('../dist/fuzz/z3.mjs', import.meta.url)
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const task = { runs: Number(values.runs ?? 1000), seed: Number(values.seed ?? 1) }

if (!existsSync(new URL('node_modules/z3-solver', folder))) {
  const npm = ['install', '--no-package-lock', '--no-audit', '--no-fund']
  const installed = spawnSync('npm', npm, { cwd: fileURLToPath(folder), stdio: 'inherit' })
  if (installed.status !== 0) process.exit(1)
}
await build({
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  entryPoints: [fileURLToPath(new URL('index.ts', folder))],
  outfile: fileURLToPath(outfile),
})
const { init } = createRequire(new URL('package.json', folder))('z3-solver')
const { askSolver } = await import(outfile.href)
const { Z3 } = await init()
const context = Z3.mk_context(Z3.mk_config())
Z3.global_param_set('timeout', '2000')

/** Z3_lbool: 1, -1 and 0. The text is read at once: what reads it in a thread may find it gone. */
async function solve(formula) {
  const solver = Z3.mk_solver(context)
  Z3.solver_inc_ref(context, solver)
  Z3.solver_from_string(context, solver, formula)
  if (Z3.get_error_code(context) !== 0) throw new Error(`The solver did not take the formula: ${formula}`)
  const answer = await Z3.solver_check(context, solver)
  Z3.solver_dec_ref(context, solver)
  return answer === 1 ? 'sat' : answer === -1 ? 'unsat' : 'unknown'
}

console.log(`z3: ${task.runs} pairs from seed ${task.seed}`)
const agree = await askSolver(solve, task)
// The solver's threads would keep the process alive.
process.exit(agree ? 0 : 1)
