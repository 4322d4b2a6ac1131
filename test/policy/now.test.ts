import { describe, expect, test } from 'vitest'
import { allow, deny, trust } from '../../shared/example.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import type { Json } from '../../shared/rules/rule.ts'

const NOW = '2026-06-01T00:00:00Z'
const PARTNER = { AWS: '999988887777' }
const when = (condition: Json) => trust(allow(PARTNER, condition))
const until = (date: string) => ({ DateLessThan: { 'aws:CurrentTime': date } })
const since = (date: string) => ({ DateGreaterThan: { 'aws:CurrentTime': date } })

function compared(one: Json, other: Json, now: string | null = NOW) {
  const text = (document: Json) => (document === null ? null : JSON.stringify(document))
  return compareTrust(text(one), text(other), { account: '111122223333', ...(now === null ? {} : { now }) })
}

describe('callers come from now on', () => {
  test.each<[string, Json, boolean]>([
    ['an end that is past', until('2026-05-31'), false],
    ['an end this very moment', until(NOW), false],
    ['an end this very moment, itself included', { DateLessThanEquals: { 'aws:CurrentTime': NOW } }, true],
    ['an end to come', until('2026-06-02'), true],
    ['a beginning that is past', since('2020-01-01'), true],
    ['a beginning to come', since('2030-01-01'), true],
    ['a window that is past', { ...until('2026-02-01'), ...since('2026-01-01') }, false],
    ['a window that is open', { ...until('2027-01-01'), ...since('2026-01-01') }, true],
    ['a window to come', { ...until('2028-01-01'), ...since('2027-01-01') }, true],
    ['an end in seconds since the epoch', { NumericLessThan: { 'aws:EpochTime': '1700000000' } }, false],
    ['an end that holds where the key is missing, as it never is', dateIfExists('2026-01-01'), false],
    ['any moment but one', { DateNotEquals: { 'aws:CurrentTime': NOW } }, true],
    ['the day the caller’s session began', { DateLessThan: { 'aws:TokenIssueTime': '2020-01-01' } }, true],
  ])('%s', (_, condition, isOpen) => {
    const { gained, undecided } = compared(null, when(condition))
    expect({ isOpen: gained.length > 0, undecided }).toEqual({ isOpen, undecided: [] })
    expect(compared(null, when(condition), null).verdict).toBe('widened')
  })

  test('a Deny whose time is over keeps nobody out, and one whose time has come keeps everybody out', () => {
    const denied = (condition: Json) => trust(allow(PARTNER), deny({ AWS: '*' }, condition))
    expect(compared(denied(until('2026-01-01')), trust(allow(PARTNER))).verdict).toBe('equivalent')
    expect(compared(null, denied(since('2026-01-01'))).verdict).toBe('equivalent')
  })

  test('a date that has passed and is moved on lets somebody in; two that have passed are the same', () => {
    expect(compared(when(until('2026-01-01')), when(until('2027-01-01'))).verdict).toBe('widened')
    expect(compared(when(until('2026-01-01')), when(until('2025-01-01'))).verdict).toBe('equivalent')
    expect(compared(when(until('2028-01-01')), when(until('2027-01-01'))).verdict).toBe('narrowed')
  })

  test('the witness comes when he may', () => {
    const [change] = compared(null, when({ ...until('2028-01-01'), ...since('2027-01-01') })).gained
    const time = String(change?.witness.context['aws:CurrentTime'])
    expect(time > '2027-01-01' && time < '2028-01-01').toBe(true)
  })

  test('without a time, documents are compared for all times', () => {
    expect(compared(when(until('2026-01-01')), when(until('2025-01-01')), null).verdict).toBe('narrowed')
  })

  test('a time that nobody can read is none', () => {
    expect(compared(null, when(until('2020-01-01')), 'yesterday').verdict).toBe('widened')
  })
})

function dateIfExists(date: string): Json {
  return { DateLessThanIfExists: { 'aws:CurrentTime': date } }
}
