/** Each function's bundle beside one, built alike, of nothing but what it imports from packages: size, and time to load. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { lambdaFunctions, lambdaOptions } from '../scripts/lambda.mjs'
import { type Figure, median } from './figure.ts'

const LOADS = 15
const MOST_SIZE = 1.25

export async function benchBundles(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const name of lambdaFunctions()) figures.push(...(await bundleFigures(name)))
  return figures
}

async function bundleFigures(name: string): Promise<readonly Figure[]> {
  const whole = join('dist', name, 'index.js')
  const floor = await floorBundle(name)
  const [wholeKb, floorKb] = [whole, floor].map((file) => statSync(file).size / 1024) as [number, number]
  const { wholeMs, floorMs } = loadTimes(whole, floor)
  return [
    {
      name: `${name}: bundle size over its packages alone`,
      measured: `${wholeKb.toFixed(0)} KB against ${floorKb.toFixed(0)} KB`,
      ratio: wholeKb / floorKb,
      most: MOST_SIZE,
    },
    {
      name: `${name}: time to load over its packages alone`,
      measured: `${wholeMs.toFixed(0)} ms against ${floorMs.toFixed(0)} ms, median of ${LOADS} fresh processes each, in turn`,
      ratio: wholeMs / floorMs,
      most: null,
    },
  ]
}

/** Bundles once with every package left outside, reads off what is imported from them, and bundles just that. */
async function floorBundle(name: string): Promise<string> {
  const folder = join('dist', 'bench', `floor-${name}`)
  mkdirSync(folder, { recursive: true })
  const imports = join(folder, 'imports.mjs')
  await build({
    ...lambdaOptions,
    minify: false,
    format: 'esm',
    packages: 'external',
    entryPoints: [join('functions', name, 'index.ts')],
    outfile: imports,
  })
  const entry = join(folder, 'entry.mjs')
  writeFileSync(entry, floorEntry(readFileSync(imports, 'utf8')))
  const outfile = join(folder, 'index.js')
  await build({ ...lambdaOptions, entryPoints: [entry], outfile })
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n')
  return outfile
}

function floorEntry(bundle: string): string {
  const statements = [...bundle.matchAll(/^import (?:(\w+)|\{([^}]*)\}|\* as (\w+)) from "([^"]+)";$/gms)]
  const lines = statements.map(([, whole, names, space, from], index) => {
    if (whole) return { text: `import k${index} from "${from}"`, kept: [`k${index}`] }
    if (space) return keepMembers(bundle, space, from ?? '', index)
    const renamed = (names ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && isUsed(name, bundle))
    const locals = renamed.map((name, place) => `${name.split(' as ')[0]} as k${index}_${place}`)
    return {
      text: `import { ${locals.join(', ')} } from "${from}"`,
      kept: renamed.map((_, place) => `k${index}_${place}`),
    }
  })
  const kept = lines.flatMap((line) => line.kept)
  return `${lines.map((line) => line.text).join('\n')}\nexport const kept = [${kept.join(', ')}]\n`
}

/** Names of what was shaken out of the bundle stay behind in its import statements. */
function isUsed(name: string, bundle: string): boolean {
  const local = name.split(' as ').at(-1) ?? name
  const statements = /^import [^;]*;$/gm
  return new RegExp(`\\b${local.replaceAll('$', '\\$')}\\b`).test(bundle.replace(statements, ''))
}

/** `import * as v`: only the members that are used, so that the floor is shaken as the bundle is. */
function keepMembers(bundle: string, space: string, from: string, index: number) {
  const members = [...new Set([...bundle.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, 'g'))].map((match) => match[1]))]
  return {
    text: `import * as s${index} from "${from}"`,
    kept: members.map((member) => `s${index}.${member}`),
  }
}

function loadTimes(whole: string, floor: string): { readonly wholeMs: number; readonly floorMs: number } {
  const times = Array.from({ length: LOADS }, () => [loadMs(whole), loadMs(floor)] as const)
  return { wholeMs: median(times.map(([ms]) => ms)), floorMs: median(times.map(([, ms]) => ms)) }
}

function loadMs(file: string): number {
  const script = `const t=performance.now();require(${JSON.stringify(join(process.cwd(), file))});console.log(performance.now()-t)`
  const env = {
    ...process.env,
    AWS_REGION: 'us-east-1',
    ACCOUNT_ID: '111122223333',
    ALERTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:alerts',
    CONFIG_PATH: '/trustdrift',
    MEMORY_TABLE: 'memory',
    SWEEP_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/111122223333/sweep',
    APP_RUNNER_REGIONS: 'us-east-2',
    QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/111122223333/channel',
    DEAD_LETTERS_URL: 'https://sqs.us-east-1.amazonaws.com/111122223333/channel-dead-letters',
    MAIL_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:mail',
    SLACK_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:slack-AbCdEf',
    NOTIFY_AT: 'medium',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
  const run = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' })
  const ms = Number(run.stdout.trim().split('\n').at(-1))
  if (run.status !== 0 || !Number.isFinite(ms)) throw new Error(`${file} does not load: ${run.stderr}`)
  return ms
}
