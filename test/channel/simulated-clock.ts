/** Time that passes only when everybody waits: hours in milliseconds, and the same on every run. */

export interface SimulatedClock {
  now(): number
  sleep(ms: number): Promise<void>
  /** Lets time pass until this moment, and everybody do what falls due. */
  runUntil(ms: number): Promise<void>
}

interface Sleeper {
  readonly due: number
  readonly wake: () => void
}

export function simulatedClock(start = 0): SimulatedClock {
  let now = start
  let sleepers: readonly Sleeper[] = []
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers = [...sleepers, { due: now + ms, wake }]
      }),
    runUntil: async (end) => {
      await settled()
      for (let next = earliest(sleepers); next && next.due <= end; next = earliest(sleepers)) {
        const woken = next
        now = Math.max(now, woken.due)
        sleepers = sleepers.filter((each) => each !== woken)
        woken.wake()
        await settled()
      }
      now = end
    },
  }
}

/** The first of those that are due first: equals keep their order. */
function earliest(sleepers: readonly Sleeper[]): Sleeper | null {
  return sleepers.reduce<Sleeper | null>((first, each) => (first && first.due <= each.due ? first : each), null)
}

/** Everything that waits for no clock has come to its end. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
