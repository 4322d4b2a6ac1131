/** What comparing two policies costs over JSON.parse of both; and pairs made to be hard, in a process of their own with little memory. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareTrust } from '../shared/policy/compare.ts'
import { type Figure, median } from './figure.ts'
import { hostilePairs, type Pair } from './hostile.ts'

const ROUNDS = 41
const MOST_OF_FIVE = 100
const MOST_OF_TWENTY = 300
const HOSTILE = 800
const MOST_MS = { typical: 100, worst: 1000 }
const MOST_MB = 256

export async function benchCompare(): Promise<readonly Figure[]> {
  return [
    ratioOf('two policies of 5 statements', five, MOST_OF_FIVE),
    ratioOf('two policies of 20 statements with wildcards', twenty, MOST_OF_TWENTY),
    ...hostileFigures(),
  ]
}

function ratioOf(name: string, policy: (version: string) => string, most: number): Figure {
  const [before, after] = [policy('k6'), policy('k7')]
  const { verdict } = compareTrust(before, after, { account: OWN })
  if (verdict !== 'both') throw new Error(`${name} compare as ${verdict}: the figure would say something else`)
  const whole = () => compareTrust(before, after, { account: OWN })
  const parse = () => [JSON.parse(before), JSON.parse(after)]
  for (let done = 0; done < 2_000; done += 1) whole()
  for (let done = 0; done < 100_000; done += 1) parse()
  const rounds = Array.from({ length: ROUNDS }, () => [perCall(whole, 40), perCall(parse, 1_000)] as const)
  const [wholeUs, parseUs] = [median(rounds.map(([us]) => us)), median(rounds.map(([, us]) => us))]
  return {
    name: `compare ${name}, over JSON.parse of both`,
    measured: `${wholeUs.toFixed(0)} µs against ${parseUs.toFixed(2)} µs, warm, median of ${ROUNDS} rounds in turn, ${before.length} characters each`,
    ratio: median(rounds.map(([a, b]) => a / b)),
    most,
  }
}

/** Microseconds a call, of this process: what else runs on the machine does not count. */
function perCall(act: () => unknown, times: number): number {
  const start = process.cpuUsage()
  for (let done = 0; done < times; done += 1) act()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / times
}

const OWN = '111122223333'
const GITHUB = 'token.actions.githubusercontent.com'

const allow = (principal: object, condition: object, action = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Condition: condition,
})

const policyOf = (statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

function five(version: string): string {
  return policyOf([
    {
      Effect: 'Allow',
      Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
    allow({ AWS: `arn:aws:iam::${OWN}:root` }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    allow({ AWS: 'arn:aws:iam::444455556666:root' }, { StringEquals: { 'sts:ExternalId': version } }),
    allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    repository('acme/deploy:ref:refs/heads/main'),
  ])
}

function repository(subject: string): object {
  const condition = {
    StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
    StringLike: { [`${GITHUB}:sub`]: `repo:${subject}` },
  }
  return allow({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${GITHUB}` }, condition, 'sts:AssumeRoleWithWebIdentity')
}

function twenty(version: string): string {
  const team = (n: number) => ({ StringLike: { 'sts:ExternalId': `${version}-team${n}-*` } })
  const vendors = Array.from({ length: 7 }, (_, n) => allow({ AWS: `arn:aws:iam::44445555666${n}:root` }, team(n)))
  const roles = Array.from({ length: 6 }, (_, n) =>
    allow(
      { AWS: `arn:aws:iam::${OWN}:root` },
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/app${n}-*` } },
    ),
  )
  const repositories = Array.from({ length: 6 }, (_, n) => repository(`acme/app-${n}*:ref:refs/heads/*`))
  const fence = { StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/legacy-*` } }
  return policyOf([...vendors, ...roles, ...repositories, allow({ AWS: `arn:aws:iam::${OWN}:root` }, fence)])
}

/** Each pair compared by what `npm run build` leaves as the package's API, timed by the processor's own count. */
const RUN = `
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
const [pairsFile, api] = process.argv.slice(2)
const { compareTrust } = await import(pathToFileURL(api))
const results = JSON.parse(readFileSync(pairsFile, 'utf8')).map(({ before, after }) => {
  const start = process.cpuUsage()
  const { verdict } = compareTrust(before, after)
  const { user, system } = process.cpuUsage(start)
  return { ms: (user + system) / 1000, verdict }
})
console.log(JSON.stringify({ results, mb: process.resourceUsage().maxRSS / 1024 }))
`

function hostileFigures(): readonly Figure[] {
  const { results, mb } = runHostile(hostilePairs(HOSTILE, 1))
  const times = results.map(({ ms }) => ms).sort((a, b) => a - b)
  const [typical, worst] = [times[Math.floor(times.length * 0.99)] ?? Number.NaN, times.at(-1) ?? Number.NaN]
  const undecided = results.filter(({ verdict }) => verdict === 'undecided').length
  const what = `${HOSTILE} pairs of 2,048 and 4,096 characters made to be hard`
  return [
    {
      name: `${what}: 99th percentile over ${MOST_MS.typical} ms`,
      measured: `${typical.toFixed(0)} ms of one core, median ${median(times).toFixed(0)} ms; ${undecided} pairs undecided`,
      ratio: typical / MOST_MS.typical,
      most: 1,
    },
    {
      name: `${what}: the slowest over 1 s`,
      measured: `${worst.toFixed(0)} ms`,
      ratio: worst / MOST_MS.worst,
      most: 1,
    },
    {
      name: `${what}: memory over ${MOST_MB} MB`,
      measured: `${mb.toFixed(0)} MB at its peak`,
      ratio: mb / MOST_MB,
      most: 1,
    },
  ]
}

interface Run {
  readonly results: readonly { readonly ms: number; readonly verdict: string }[]
  readonly mb: number
}

function runHostile(pairs: readonly Pair[]): Run {
  const folder = join('dist', 'bench')
  mkdirSync(folder, { recursive: true })
  const [data, script] = [join(folder, 'hostile.json'), join(folder, 'hostile.mjs')]
  writeFileSync(data, JSON.stringify(pairs))
  writeFileSync(script, RUN)
  const options = { encoding: 'utf8', maxBuffer: 1 << 26 } as const
  const run = spawnSync(
    process.execPath,
    ['--max-old-space-size=200', script, data, join('dist', 'api', 'index.js')],
    options,
  )
  if (run.status !== 0) throw new Error(`the hostile pairs could not be compared: ${run.stderr}`)
  return JSON.parse(run.stdout)
}
