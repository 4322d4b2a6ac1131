/**
 * How far a long run is, on one line of standard error that replaces itself, where somebody watches. One line needs no
 * package: no bars, no redrawing of several.
 */

import { instantOf } from '../../shared/identity.ts'
import { durationWords } from '../../shared/render/words.ts'
import type { Output } from './streams.ts'

/** Milliseconds since anything. */
export type Clock = () => number

export const ofThisProcess: Clock = () => performance.now()

export interface Line {
  /** Asks for the words only where it is time for them: at most four times a second, and at once for the first time. */
  readonly show: (words: () => string) => void
  readonly end: () => void
}

const EVERY_MS = 250

/** A line that wraps is not replaced but piled up, and 80 columns are the narrowest terminal that is common. */
const MOST_COLUMNS = 79

export function lineOn({ progress }: Pick<Output, 'progress'>, clock: Clock): Line {
  let told = Number.NEGATIVE_INFINITY
  return {
    show: (words) => {
      const now = clock()
      if (now - told < EVERY_MS) return
      told = now
      progress(words().slice(0, MOST_COLUMNS))
    },
    end: () => progress(''),
  }
}

export interface Progress {
  readonly add: (number: number) => void
  readonly end: () => void
}

/** @param total null: nobody knows how many there will be */
export function progressOf(
  streams: Pick<Output, 'progress'>,
  { noun, total = null }: { readonly noun: string; readonly total?: number | null },
  clock: Clock = ofThisProcess,
): Progress {
  const line = lineOn(streams, clock)
  const begun = clock()
  let done = 0
  return {
    add: (number) => {
      done += number
      line.show(() => {
        const ms = clock() - begun
        const of = total === null ? '' : ` of ${total}`
        const left = total === null ? null : leftWords(done / total, ms)
        return joined([`${done}${of} ${noun}${rateWords(done, ms, '/s')}`, left])
      })
    },
    end: line.end,
  }
}

/** ` at 2.0 requests/s`; nothing while it is too early to tell. @param unit what stands after the number */
export function rateWords(done: number, ms: number, unit: string): string {
  if (done === 0 || ms < EVERY_MS) return ''
  const rate = (done * 1_000) / ms
  return ` at ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}${unit}`
}

/** `2 min left`, if it goes on as it went; null while nobody can say. @param share from 0 to 1 @param ms that it took */
export function leftWords(share: number, ms: number): string | null {
  if (share <= 0 || ms < EVERY_MS) return null
  const left = (ms * (1 - Math.min(share, 1))) / share
  return `${durationWords(instantOf(0), instantOf(Math.ceil(left / 1_000) * 1_000))} left`
}

/** What is known, with commas. */
export function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ')
}
