/**
 * How untrusted JSON is read: each field by itself, so that one odd field never hides the others. Refuses to know what
 * the fields mean.
 */

import * as v from 'valibot'

/** Text that says something; null for what is missing, empty or of another type. */
export const text = v.fallback(v.nullable(v.pipe(v.string(), v.nonEmpty())), null)

/** A field whose type is judged by whoever reads it. */
export const anything = v.optional(v.unknown())

/**
 * The fields of a JSON object by schema; null for anything the schema cannot be read from. Schemas are `v.object`, not
 * `v.looseObject`: keys nobody reads are let through all the same, and not copied.
 */
export function fieldsOf<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> | null {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : null
}
