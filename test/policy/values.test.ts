/** What is a number, a date, an address. */

import { describe, expect, it } from 'vitest'
import { coversPublic, parseRange, writeAddress } from '../../shared/policy/address.ts'
import { parseMoment, writeMoment } from '../../shared/policy/moment.ts'
import { parseNumber } from '../../shared/policy/value.ts'

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['10.50', 10.5],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['2e+2', 200],
  ])('%s is one', (text, number) => expect(parseNumber(text)).toBe(number))

  it.each(['', ' 1', '1 ', '1.', '.5', '+1', '0x10', '1e', '1,5', 'ten', '1e1.5', '--1'])('%j is none', (text) => {
    expect(parseNumber(text)).toBeNull()
  })
})

// Source: W3C NOTE-datetime; epochs as in IAM User Guide, reference_policies_elements_condition_operators.
describe('dates', () => {
  it.each([
    ['1970', 0],
    ['1970-02', 2_678_400_000],
    ['1970-01-02', 86_400_000],
    ['1970-01-01T01:02Z', 3_720_000],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T00:00:00.5Z', 500],
    ['1970-01-01T00:00:00.125Z', 125],
    ['1970-01-01T00:00:01', 1000],
    ['1970-01-01T09:00:00+09:00', 0],
    ['1970-01-01T09:30:00+0930', 0],
    ['1969-12-31T19:00:00-05:00', 0],
    ['2000-02-29', Date.UTC(2000, 1, 29)],
    ['1900-03-01', Date.UTC(1900, 2, 1)],
    ['2026-11-21T12:00:00Z', Date.UTC(2026, 10, 21, 12)],
    ['1795262400', 1_795_262_400_000],
    ['10000', 10_000_000],
    ['1795262400.5', 1_795_262_400_500],
  ])('%s', (text, ms) => expect(parseMoment(text)).toBe(ms))

  it.each([
    '',
    '26',
    '2026-1',
    '2026-13',
    '2026-00',
    '2026-01-00',
    '2026-01-32',
    '2026-02-30',
    '2023-02-29',
    '1900-02-29',
    '2026-01-01T',
    '2026-01-01T12',
    '2026-01-01T25:00Z',
    '2026-01-01T12:60Z',
    '2026-01-01T12:00:61Z',
    '2026-01-01 12:00Z',
    '2026-01-01T12:00Y',
    'x2026',
    '2026x',
    '-1',
    '1234567890123',
    'today',
    '3599.5',
    '2026-01-01T12:00:00.Z',
  ])('%j is none', (text) => expect(parseMoment(text)).toBeNull())

  it.each([0, 1_795_262_400_000, 951_782_400_000, -86_400_000, 4_107_542_399_000, 1_735_689_599_000, 68_169_600_000])(
    '%d is written as it is read',
    (ms) => {
      expect(writeMoment(ms)).toBe(`${new Date(ms).toISOString().slice(0, 19)}Z`)
      expect(parseMoment(writeMoment(ms))).toBe(ms)
    },
  )
})

describe('addresses', () => {
  it.each([
    ['0.0.0.0', 4, 0n, 0n, 32],
    ['192.0.2.1', 4, 0xc0000201n, 0xc0000201n, 32],
    ['192.0.2.129/25', 4, 0xc0000280n, 0xc00002ffn, 25],
    ['255.255.255.255/0', 4, 0n, 0xffffffffn, 0],
    ['::', 6, 0n, 0n, 128],
    ['::1', 6, 1n, 1n, 128],
    ['1::', 6, 1n << 112n, 1n << 112n, 128],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n, 128],
    ['::ffff:192.0.2.1', 6, 0xffffc0000201n, 0xffffc0000201n, 128],
    ['2001:DB8::/32', 6, 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n, 32],
  ] as const)('%s', (text, version, first, last, prefix) => {
    expect(parseRange(text)).toEqual({ version, first, last, prefix })
  })

  it.each([
    '',
    'here',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/-1',
    '1.2.3.4/x',
    '1.2.3.4/0008',
    '1.2.3.1234',
    '1..3.4',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:8::',
    '::1/129',
    ' ::1',
    '1.2.3.4 ',
  ])('%j is none', (text) => expect(parseRange(text)).toBeNull())

  it('are written as they are read', () => {
    expect(writeAddress(4, 0xc0000201n)).toBe('192.0.2.1')
    expect(writeAddress(6, (0x20010db8n << 96n) + 0xffn)).toBe('2001:db8:0:0:0:0:0:ff')
  })

  it('ranges leave no public address out, or do', () => {
    const covers = (version: 4 | 6, ...texts: readonly string[]) =>
      coversPublic(
        version,
        texts.map(parseRange).filter((range) => range !== null),
      )
    expect(covers(4, '0.0.0.0/0')).toBe(true)
    expect(covers(4, '128.0.0.0/1', '0.0.0.0/1')).toBe(true)
    expect(covers(4, '0.0.0.0/1', '192.0.0.0/2')).toBe(false)
    expect(covers(4, '0.0.0.0/1', '0.0.0.0/8', '128.0.0.0/1')).toBe(true)
    expect(covers(4, '::/0')).toBe(false)
    expect(covers(4)).toBe(false)
    expect(covers(6, '::/0')).toBe(true)
    expect(covers(6, '2000::/3')).toBe(true)
    expect(covers(6, '2000::/4')).toBe(false)
    expect(covers(6, '0.0.0.0/0')).toBe(false)
  })
})
