/** Policies as they occur, each with what is to be said of it. The table is in test/rules/federation/. */

import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkTrust } from '../../shared/check.ts'
import { isAtLeast } from '../../shared/severity.ts'
import type { Labelled } from './federation/label.ts'

const folder = new URL('federation/', import.meta.url)
const tables = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'label.ts')

describe.each(tables)('%s', async (file) => {
  const { policies }: { policies: readonly Labelled[] } = await import(new URL(file, folder).href)
  const bad = policies.filter(({ expected }) => expected !== 'good')
  const good = policies.filter(({ expected }) => expected === 'good')

  test.each(bad)('is reported: $name', ({ policy, about, expected }) => {
    const said = findings(policy, about).map(({ rule, severity }) => `${rule} ${severity}`)
    expect(said).toContain(expected)
  })

  test.each(bad)('is one fault, said once: $name', ({ policy, about, expected }) => {
    const loud = findings(policy, about).filter(
      ({ rule, severity }) => isAtLeast(severity, 'medium') && !isOutcome(rule),
    )
    expect(loud.map(({ rule, severity }) => `${rule} ${severity}`).filter((said) => said !== expected)).toEqual([])
  })

  test.each(good)('is left alone: $name', ({ policy, about }) => {
    const loud = findings(policy, about).filter(({ severity }) => isAtLeast(severity, 'medium'))
    expect(loud).toEqual([])
  })

  test('no policy stands here twice, and each says where it is from or what it is for', () => {
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length)
    const texts = policies.map(({ policy, about }) => JSON.stringify([policy, about]))
    expect(policies.filter((_, i) => texts.indexOf(texts[i] ?? '') !== i).map(({ name }) => name)).toEqual([])
  })
})

/** What follows from a fault, said beside it. */
function isOutcome(rule: string): boolean {
  return rule === 'nobody-can-assume'
}

function findings(policy: Labelled['policy'], about: Labelled['about']) {
  return checkTrust(JSON.stringify(policy), about).findings
}
