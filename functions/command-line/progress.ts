/**
 * How far a long run is, on one line of standard error that replaces itself, where somebody watches. One line needs no
 * package: no bars, no redrawing of several, and the total is not known of a stream.
 */

import type { Output } from './streams.ts'

export interface Progress {
  readonly add: (number: number) => void
  readonly end: () => void
}

const EVERY_MS = 250

export function progressOf(streams: Output, noun: string): Progress {
  const begun = performance.now()
  let told = begun
  let done = 0
  return {
    add: (number) => {
      done += number
      const now = performance.now()
      if (now - told < EVERY_MS) return
      told = now
      streams.progress(`${done} ${noun}, ${Math.round((done * 1000) / (now - begun))} a second`)
    },
    end: () => streams.progress(''),
  }
}
