/** What a measurement says: a ratio against a floor measured in the same run, and the most it may be. */

export interface Figure {
  readonly name: string
  /** The two sides of the ratio in words, with their medians. */
  readonly measured: string
  readonly ratio: number
  /** Null: reported, with no bound of its own. */
  readonly most: number | null
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function line({ name, measured, ratio, most }: Figure): string {
  const verdict = most === null ? '' : ratio <= most ? ` (at most ${most}: holds)` : ` (at most ${most}: BROKEN)`
  return `${name}: ${ratio.toFixed(2)} x${verdict}\n    ${measured}`
}

export function isBroken({ ratio, most }: Figure): boolean {
  return most !== null && !(ratio <= most)
}
