/** Imports point one way, and what promises to be pure has nothing to be impure with. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const files = [...sources('shared'), ...sources('functions')]

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** What a file imports: paths from the project's root, or package names. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  const named = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^'";]*?from '([^']+)'/g),
    ...text.matchAll(/import\('([^']+)'\)/g),
  ]
  return named.map(([, name = '']) => (name.startsWith('.') ? relative('.', resolve(dirname(file), name)) : name))
}

/** Those imports of files under `from` that match `unwanted`. */
function crossing(from: RegExp, unwanted: RegExp): readonly string[] {
  return files
    .filter((file) => from.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => unwanted.test(name))
        .map((name) => `${file} imports ${name}`),
    )
}

const PURE =
  /^shared\/(policy|rules|render|channel|doctor|workloads)\/|^shared\/(judge|judge-(refusal|unreadable|service)|failure-findings|service-(words|event|call|signal)|dependents|readmit|culprit|message|trust-signal|drift|headline|restore|write-command|reading|fit|check|config|exceptions|version|alert-id|both-sides|test-alert|signal|trust-event|actor|cloudtrail-record)\.ts$/

describe('imports point one way', () => {
  test('the check sees imports at all', () => {
    expect(importsOf('shared/observe.ts')).toContain('shared/gather.ts')
    expect(files.length).toBeGreaterThan(40)
  })

  test.each([
    [
      'the policy language knows nothing above it',
      /^shared\/policy\//,
      /^shared\/(?!policy\/|severity\.ts)|^functions\//,
    ],
    [
      'workloads are facts and their evaluation, and know nothing that observes',
      /^shared\/workloads\//,
      /^shared\/(?!workloads\/|policy\/|rules\/rule\.ts)|^functions\//,
    ],
    [
      'rules know the policy language, workloads, findings and nothing that observes',
      /^shared\/rules\//,
      /^shared\/(observe|gather|judge|sweep|ports|world|episode|role-then|service-(ports|sweep))|^shared\/(aws|local|render)\/|^functions\//,
    ],
    [
      'renderers know alerts, not how they are made',
      /^shared\/render\//,
      /^shared\/(observe|gather|judge|sweep|ports|world|signal)\.ts|^shared\/(aws|local|rules)\/|^functions\//,
    ],
    [
      'doctor judges what it is told: it does not observe, and makes no alert',
      /^shared\/doctor\//,
      /^shared\/(observe|gather|judge|sweep|world|signal)\.ts|^shared\/(aws|local|render|rules|policy)\/|^functions\//,
    ],
    [
      'channels know alerts and how they are shown, not how they are made',
      /^shared\/channel\//,
      /^shared\/(observe|gather|judge|sweep|ports|world|signal)\.ts|^shared\/(aws|local|rules|policy)\/|^functions\/|^@aws/,
    ],
    ['nothing that makes alerts knows who tells them', /^shared\/(?!channel\/|aws\/)/, /^shared\/channel\//],
    ["Slack's client lives with the AWS ports", /^(shared\/(?!aws\/slack-post\.ts)|functions\/)/, /^@slack\/web-api/],
    [
      'only the command draws pages',
      /^(shared\/(?!render\/html)|functions\/(?!command-line\/page-file\.ts))/,
      /^shared\/render\/(html|markup)/,
    ],
    ['nothing shared knows the entrances', /^shared\//, /^functions\//],
    ['only entrances choose between AWS and local', /^shared\/(?!aws\/|local\/)/, /^shared\/(aws|local)\//],
    ['AWS and local do not know each other', /^shared\/aws\//, /^shared\/local\//],
    ['local works without AWS', /^shared\/local\//, /^shared\/aws\/|^@aws/],
    [
      'SDK clients live with the AWS ports and the command',
      /^(shared\/(?!aws\/)|functions\/(?!command-line\/aws\.ts))/,
      /^@aws-sdk\//,
    ],
    [
      'judging does not read the world',
      /^shared\/(judge|drift|headline|restore|judge-(refusal|unreadable|service)|failure-findings|dependents|readmit|culprit|fit)\.ts/,
      /^shared\/(observe|observe-(all|service)|sweep|service-sweep|role-then)\.ts/,
    ],
  ])('%s', (_, from, unwanted) => {
    expect(crossing(from, unwanted)).toEqual([])
  })
})

describe('what promises to be pure', () => {
  test.each(files.filter((file) => PURE.test(file)))('%s has no clock, environment or effect', (file) => {
    const impure =
      /\bprocess\.(env|argv|exit|std|hr|cwd)|Date\.now\(|new Date\(\)|Math\.random|console\.(log|error|warn|info)|\bfetch\(|'node:(fs|http|https|child_process|timers)|connect\(/
    expect(readFileSync(file, 'utf8').match(impure)).toBeNull()
  })

  test('nothing hides behind another list than the two that may re-export', () => {
    const lists = files.filter((file) => /^export (\*|\{[^}]*\}) from/m.test(readFileSync(file, 'utf8')))
    expect(lists.filter((file) => file !== 'shared/index.ts' && file !== 'shared/rules/index.ts')).toEqual([])
  })
})
