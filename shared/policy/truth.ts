/** Three-valued truth: what cannot be decided is said, never guessed. */

export type Truth = 'yes' | 'no' | 'undecided'

export function not(truth: Truth): Truth {
  if (truth === 'undecided') return truth
  return truth === 'yes' ? 'no' : 'yes'
}

export function truthOf(value: boolean): Truth {
  return value ? 'yes' : 'no'
}

/** Yes when all are; no as soon as one is no. */
export function all<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let result: Truth = 'yes'
  for (const item of items) {
    const truth = test(item)
    if (truth === 'no') return 'no'
    if (truth === 'undecided') result = 'undecided'
  }
  return result
}

/** Yes as soon as one is; no when none is. */
export function any<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let result: Truth = 'no'
  for (const item of items) {
    const truth = test(item)
    if (truth === 'yes') return 'yes'
    if (truth === 'undecided') result = 'undecided'
  }
  return result
}
