/** Work is bounded by counted steps, never by a clock: the same verdict on every machine. */

export interface Budget {
  left: number
}

export function budget(steps: number): Budget {
  return { left: steps }
}

/** False when the steps are used up. */
export function spend(from: Budget, steps: number): boolean {
  from.left -= steps
  return from.left >= 0
}
