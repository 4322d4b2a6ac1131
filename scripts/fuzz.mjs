// Bundles fuzz/ and runs it: `npm run fuzz [target …] [-- --runs N --seed S]`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const entry = fileURLToPath(new URL('../fuzz/index.ts', import.meta.url))
const outfile = fileURLToPath(new URL('../dist/fuzz/index.mjs', import.meta.url))

await build({
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  entryPoints: [entry],
  outfile,
})
const run = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = run.status ?? 1
