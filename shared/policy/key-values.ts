/** Which values keys have by nature: readable samples of them, and the keys that hold nothing but numbers, dates or addresses. */

import { parseRange } from './address.ts'
import { parseMoment, writeMoment } from './moment.ts'
import type { TextSet } from './text-set.ts'
import { parseNumber } from './value.ts'

/** What a caller's call holds where nothing asks for anything else. */
export const SAMPLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:currenttime', ['2026-11-21T12:00:00Z']],
  ['aws:tokenissuetime', ['2026-11-21T11:00:00Z']],
  ['aws:epochtime', ['1795262400']],
  ['aws:requestedregion', ['us-east-1']],
  ['aws:useragent', ['aws-cli/2.31.0']],
  ['aws:sourceip', ['203.0.113.10']],
  ['aws:multifactorauthage', ['600']],
  ['aws:securetransport', ['true']],
  ['aws:viaawsservice', ['false']],
  ['sts:rolesessionname', ['example-session']],
  ['sts:externalid', ['example-external-id']],
])

/** Keys that hold the time of the call. */
export const CLOCK: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime'])

/** The time as a clock's key holds it: whole seconds, not before. */
export function spelt(now: number, name: string): readonly string[] {
  const ms = Math.ceil(now / 1000) * 1000
  return [name === 'aws:epochtime' ? String(ms / 1000) : writeMoment(ms)]
}

/** Moments from this one on. */
export function from(now: number): TextSet {
  return among((text) => (parseMoment(text) ?? -1) >= now)
}

const among = (has: TextSet['has']): TextSet => ({ has, globs: null })
const MOMENTS = among((text) => parseMoment(text) !== null)
const ADDRESSES = among((text) => parseRange(text) !== null)

/** Keys that hold nothing but numbers, dates or addresses. */
export const TYPED: ReadonlyMap<string, TextSet> = new Map([
  ['aws:currenttime', MOMENTS],
  ['aws:tokenissuetime', MOMENTS],
  ['aws:epochtime', MOMENTS],
  ['aws:multifactorauthage', among((text) => (parseNumber(text) ?? -1) >= 0)],
  ['aws:sourceip', ADDRESSES],
  ['aws:vpcsourceip', ADDRESSES],
])
