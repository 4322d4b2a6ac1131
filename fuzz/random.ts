/** Chance from a seed: the same seed, the same choices. */

export interface Random {
  /** A whole number from 0 to below `bound`; 0 where the bound is 0. */
  readonly below: (bound: number) => number
  readonly pick: <T>(items: readonly T[]) => T
}

/** Marsaglia's xorshift of 32 bits, over a scrambled seed so that neighbours begin apart. */
export function random(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1
  const below = (bound: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * bound)
  }
  const pick = <T>(items: readonly T[]) => {
    const [item] = items.slice(below(items.length))
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
  return { below, pick }
}
