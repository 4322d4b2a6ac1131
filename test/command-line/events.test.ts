/** The samples as a person sees them, and what events/README.md promises of each. */

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { expectGolden } from '../golden.ts'
import { trustdrift } from './trustdrift.ts'

const README = readFileSync('events/README.md', 'utf8')

/** File → the alerts its row promises, e.g. `trust-changed, high`. */
const promised = [...README.matchAll(/^\| (\d{3}-[\w-]+) \|[^|]*\| ([^|]+) \|$/gm)].map(
  ([, file = '', alerts = '']) => ({
    file,
    alerts: alerts === 'none' ? [] : alerts.split('; ').map((alert) => alert.replace(/ \(.*\)$/, '')),
  }),
)

let alerts: readonly Alert[] = []

beforeAll(async () => {
  const { stdout } = await trustdrift([
    'replay',
    'events',
    '--world',
    'events/local-world.jsonc',
    '--format',
    'json',
    '--fail-on',
    'never',
  ])
  alerts = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
})

describe('a replay of the samples', () => {
  test('reads as it was read and found good', async () => {
    const { code, stdout, stderr } = await trustdrift([
      'replay',
      'events',
      '--world',
      'events/local-world.jsonc',
      '--fail-on',
      'never',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expectGolden('events.txt', stdout)
  })

  test('tells, in order, what events/README.md says of each file', () => {
    expect(promised.length).toBeGreaterThan(35)
    expect(alerts.map(({ kind, severity }) => `${kind}, ${severity}`)).toEqual(promised.flatMap((file) => file.alerts))
  })

  test('gives every alert an id of its own', () => {
    expect(new Set(alerts.map((alert) => alert.id)).size).toBe(alerts.length)
  })
})
