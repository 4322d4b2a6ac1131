/** Policy variables replaced by what they stand for in one request. Decides nothing: what comes of it is confirmed elsewhere. */

import type { Lookup } from './glob.ts'
import { parseOperator } from './operator.ts'
import type { Condition } from './policy.ts'
import type { Riddle } from './side.ts'
import { domainOf, type Situation } from './stage.ts'

/** One way of giving variables values: what must be so for it, and the condition that it leaves. */
interface Settled {
  readonly pins: readonly Condition[]
  readonly condition: Condition
}

const VARIABLE = /\$\{\s*([^{},\s*?$]+)\s*(?:,\s*'([^']*)'\s*)?\}/g

/** @param lookup what the request says as it stands */
export function settled({ variable }: Riddle, lookup: Lookup, at: Situation): readonly Settled[] {
  if (variable === undefined) return []
  const own = lookup(variable.key)
  const ways: readonly Lookup[] = [
    lookup,
    (key) => lookup(key) ?? usual(key, at),
    // The caller is whom the condition asks for.
    ...(typeof own === 'string' ? [() => own] : []),
  ]
  return ways.map((way) => replaced(variable, { lookup, way }))
}

function usual(key: string, at: Situation): string | null {
  const { only, samples } = domainOf(key.toLowerCase(), at)
  return only === null ? (samples[0] ?? 'example') : (only[0] ?? null)
}

function replaced(condition: Condition, { lookup, way }: { readonly lookup: Lookup; readonly way: Lookup }): Settled {
  const pins = new Map<string, Condition>()
  const values = condition.values.flatMap((value) => {
    let known = true
    const text = value.replaceAll(VARIABLE, (_, key: string, otherwise: string | undefined) => {
      const found = way(key)
      if (typeof found === 'string' && found !== lookup(key)) pins.set(key, equals(key, found, condition.path))
      known &&= typeof found === 'string' || otherwise !== undefined
      return escaped(found ?? otherwise ?? '')
    })
    return known ? [text] : []
  })
  const canonical = `${condition.canonical} ${values.join()}`
  return { pins: [...pins.values()], condition: { ...condition, values, canonical } }
}

/** A star in what a variable stands for is a star and no wildcard. */
function escaped(text: string): string {
  return text.replaceAll(/[*?$]/g, (character) => `\${${character}}`)
}

function equals(key: string, value: string, path: string): Condition {
  const operator = parseOperator('StringEquals')
  return {
    operator,
    key,
    name: key.toLowerCase(),
    values: [value],
    variables: false,
    path,
    canonical: `${key} = ${value}`,
  }
}
