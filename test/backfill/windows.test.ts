/** What is left of a window, to the second. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut, joined, remaining, type Span } from '../../shared/backfill/windows.ts'

const span = (from: number, to: number): Span => ({ from: from * 1_000, to: to * 1_000 })
const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]) => span(from, from + length))

/** Every second of the spans, each once and in order. */
const secondsOf = (spans: readonly Span[]): readonly number[] =>
  spans.flatMap(({ from, to }) => Array.from({ length: (to - from) / 1_000 + 1 }, (_, index) => from / 1_000 + index))

test.each([
  ['nothing is done', span(0, 9), [], [span(0, 9)]],
  ['all is done', span(0, 9), [span(0, 9)], []],
  ['the beginning is done', span(0, 9), [span(0, 3)], [span(4, 9)]],
  ['the middle is done', span(0, 9), [span(4, 5)], [span(0, 3), span(6, 9)]],
  ['what is done reaches beyond', span(5, 9), [span(0, 6), span(8, 20)], [span(7, 7)]],
])('%s', (_, whole, done, left) => {
  expect(remaining(whole, done)).toEqual(left)
})

test('what remains is every second that is not done, and no other', () => {
  fc.assert(
    fc.property(anySpan, fc.array(anySpan), (whole, done) => {
      const covered = new Set(secondsOf(done))
      expect(secondsOf(remaining(whole, done))).toEqual(secondsOf([whole]).filter((second) => !covered.has(second)))
    }),
  )
})

test('joining spans changes no second, and leaves none that touch', () => {
  fc.assert(
    fc.property(fc.array(anySpan), (spans) => {
      const joint = joined(spans)
      expect(secondsOf(joint)).toEqual([...new Set(secondsOf(spans))].sort((one, other) => one - other))
      expect(joint.every(({ from }, index) => index === 0 || from > (joint[index - 1]?.to ?? 0) + 1_000)).toBe(true)
    }),
  )
})

test('cutting a span changes no second, and makes no more parts than asked', () => {
  fc.assert(
    fc.property(anySpan, fc.integer({ min: 1, max: 90 }), (whole, parts) => {
      expect(secondsOf(cut(whole, parts))).toEqual(secondsOf([whole]))
      expect(cut(whole, parts).length).toBeLessThanOrEqual(parts)
    }),
  )
})
