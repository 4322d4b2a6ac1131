// Bundles bench/ and runs it, with the collector at hand so that one measurement does not pay for another's garbage.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const entry = fileURLToPath(new URL('../bench/index.ts', import.meta.url))
const outfile = fileURLToPath(new URL('../dist/bench/index.mjs', import.meta.url))

await build({
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  entryPoints: [entry],
  outfile,
})
const run = spawnSync(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = run.status ?? 1
