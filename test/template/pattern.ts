/** Matches an event with an EventBridge pattern of exact values and `exists: true`, all that the templates use. Refuses every other operator. */

import { isMapping, type Json } from './document.ts'

export function matches(pattern: Json, event: Json | undefined): boolean {
  if (Array.isArray(pattern)) return pattern.some((wanted) => fits(wanted, event))
  if (!isMapping(pattern)) throw new Error('a pattern holds lists and mappings only')
  return isMapping(event) && Object.entries(pattern).every(([key, inner]) => matches(inner, event[key]))
}

function fits(wanted: Json, found: Json | undefined): boolean {
  return JSON.stringify(wanted) === '{"exists":true}' ? found !== undefined : equal(wanted, found)
}

function equal(wanted: Json, found: Json | undefined): boolean {
  if (typeof wanted === 'object' && wanted !== null) throw new Error(`operator not known: ${JSON.stringify(wanted)}`)
  return Array.isArray(found) ? found.includes(wanted) : found === wanted
}

/** The value with every `{ Ref: name }` replaced by `values[name]`. */
export function withRefs(value: Json, values: Readonly<Record<string, string>>): Json {
  if (Array.isArray(value)) return value.map((inner) => withRefs(inner, values))
  if (!isMapping(value)) return value
  const known = typeof value.Ref === 'string' ? values[value.Ref] : undefined
  if (known !== undefined) return known
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withRefs(inner, values)]))
}
