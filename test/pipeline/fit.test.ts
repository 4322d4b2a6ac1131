/** An alert always fits. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertText } from '../../shared/alert-text.ts'
import { fitted, MOST_BYTES } from '../../shared/fit.ts'
import { observe } from '../../shared/observe.ts'
import { changeAt, trustOf } from '../builders.ts'
import { localWorld } from './local-world.ts'

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value))
const strangers = (count: number) => Array.from({ length: count }, (_, index) => String(400_000_000_000 + index))

async function alertOn(document: string) {
  const { world, alerts } = localWorld()
  await observe(changeAt({ id: 'a', at: 1, admits: [] }), world)
  await observe(changeAt({ id: 'b', at: 2, document }), world)
  const [alert] = alerts.filter(({ evidence }) => evidence.eventId === 'b')
  if (!alert) throw new Error('the change was not told')
  return alert
}

describe('an alert fits the topic', () => {
  test('with 100 foreign accounts in one policy, and still names the worst', async () => {
    const alert = await alertOn(trustOf(strangers(100)))
    expect(bytes(alert)).toBeLessThanOrEqual(MOST_BYTES)
    expect(alert.severity).toBe('high')
    expect(alert.comparison?.gained).toHaveLength(100)
    expect(alert.findings.length).toBeGreaterThan(0)
  })

  test('with 2,000 of them', async () => {
    const alert = await alertOn(trustOf(strangers(2_000)))
    expect(bytes(alert)).toBeLessThanOrEqual(MOST_BYTES)
    expect(alert).toMatchObject({ truncated: true, severity: 'high' })
  })

  test('with characters that grow when they are sent', async () => {
    const alert = await alertOn(trustOf(strangers(3)))
    const says = '\uffff\ufffe\u007f\u0001'.repeat(9_000)
    const long = { ...alert, findings: alert.findings.map((finding) => ({ ...finding, says })) }
    expect(Buffer.byteLength(alertText(fitted(long)))).toBeLessThanOrEqual(MOST_BYTES)
  })

  test('with texts of any length in every place', async () => {
    const alert = await alertOn(trustOf(strangers(3)))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 12 }), (length, times) => {
        const text = '\u0000é'.repeat(length / 2)
        const findings = alert.findings.flatMap((finding) =>
          Array.from({ length: times }, () => ({
            ...finding,
            says: text,
            principal: text,
            fix: { summary: text, policy: text },
          })),
        )
        const long = { ...alert, headline: text, findings, restore: { command: text } }
        const fitting = fitted(long)
        expect(bytes(fitting)).toBeLessThanOrEqual(MOST_BYTES)
        expect(fitting.truncated).toBe(bytes(long) > MOST_BYTES)
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is left out first', () => {
  test('is every fix but that of the worst finding, then all findings of a rule but one', async () => {
    const alert = await alertOn(trustOf(strangers(3)))
    const [finding] = alert.findings
    if (!finding) throw new Error('there is a finding for each stranger')
    const fix = { summary: 'take it out', policy: 'x'.repeat(30_000) }
    const many = (count: number, says: string) =>
      Array.from({ length: count }, (_, index) => ({ ...finding, id: String(index), says, fix }))
    const withoutFixes = fitted({ ...alert, findings: many(10, 'short') })
    expect(withoutFixes.findings.filter((kept) => kept.fix !== null)).toHaveLength(1)
    expect(withoutFixes.findings).toHaveLength(10)
    const perRule = fitted({ ...alert, findings: many(10, 'y'.repeat(30_000)) })
    expect(perRule.findings).toHaveLength(1)
    expect(perRule.findings[0]).toMatchObject({ principal: null, says: expect.stringMatching(/^10 findings/) })
  })
})
