/** Schemas for the branded names: what their constructors say no to is a fault of the input. Knows none of the names. */

import * as v from 'valibot'

/** @param make returns null for what it does not take */
export function branded<T>(make: (text: string) => T | null) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const made = make(dataset.value)
      if (made !== null) return made
      addIssue({ message: 'not of its form' })
      return NEVER
    }),
  )
}
