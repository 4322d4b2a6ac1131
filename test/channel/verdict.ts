/** What is asked of a simulated channel when its story is over. */

import { expect } from 'vitest'
import type { Simulated, Told } from './simulated-channel.ts'

/** How often each of the first `count` alerts was told, where that is not once. */
export function notOnce(slack: Simulated, count: number): Readonly<Record<string, number>> {
  const all = Array.from({ length: count }, (_, n) => n).map((n) => [`alert-${n}`, slack.times(`alert-${n}`)] as const)
  return Object.fromEntries(all.filter(([, times]) => times !== 1))
}

/** Two instances, each a message in two seconds: over any stretch, one a second and one of each at its edge. */
export function expectPace(slack: Simulated): void {
  for (const seconds of [1, 2, 10, 60]) expect(mostWithin(slack.told, seconds)).toBeLessThanOrEqual(seconds + 2)
}

/** The most messages in any stretch of so many seconds. */
export function mostWithin(told: readonly Told[], seconds: number): number {
  const counts = told.map(({ at }) => told.filter((each) => each.at >= at && each.at < at + seconds * 1_000).length)
  return Math.max(0, ...counts)
}
