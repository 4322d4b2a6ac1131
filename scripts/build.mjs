// Builds what ships: one CommonJS bundle for each Lambda function, the command, and the package API with its types.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { lambdaFunctions, lambdaOptions } from './lambda.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

async function buildFunction(name) {
  const folder = join(dist, name)
  await build({
    ...lambdaOptions,
    entryPoints: [join(root, 'functions', name, 'index.ts')],
    outfile: join(folder, 'index.js'),
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n')
}

async function buildCommand() {
  const folder = join(root, 'functions', 'command-line')
  if (!existsSync(folder)) return
  const outdir = join(dist, 'command-line')
  await build({
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    splitting: true,
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
    entryPoints: [join(folder, 'index.ts'), join(folder, 'backfill-thread.ts')],
    outdir,
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  })
  chmodSync(join(outdir, 'index.js'), 0o755)
}

async function buildApi() {
  const entry = join(root, 'shared', 'index.ts')
  if (!existsSync(entry)) return
  await build({
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    entryPoints: [entry],
    outfile: join(dist, 'api', 'index.js'),
  })
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const types = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.api.json')], { stdio: 'inherit' })
  if (types.status !== 0) throw new Error('tsc could not write the types of the package API')
}

async function buildAll() {
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  await Promise.all([...lambdaFunctions().map(buildFunction), buildCommand(), buildApi()])
}

await buildAll()
