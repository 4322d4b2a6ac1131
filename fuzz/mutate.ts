/** Trust policies as people write them, and what may become of them: values, keys and structure changed by the grammar, then bytes. */

import { ORIGINALS } from './originals.ts'
import { type Random, random } from './random.ts'
import { KEYS, VALUES } from './vocabulary.ts'

export interface Mutated {
  readonly kind: string
  readonly text: string
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A stream of documents, the same for the same seed. */
export function mutator(seed: number): () => Mutated {
  const chance = random(seed)
  return () => {
    const [kind, mutate] = chance.pick(KINDS)
    return { kind, text: mutate(chance) }
  }
}

const KINDS: readonly (readonly [string, (chance: Random) => string])[] = [
  ['one change', (chance) => written(changed(chance.pick(ORIGINALS), chance), chance)],
  ['one change', (chance) => written(changed(chance.pick(ORIGINALS), chance), chance)],
  ['several changes', (chance) => written(several(chance), chance)],
  ['bytes', (chance) => noisy(written(chance.pick(ORIGINALS), chance), chance)],
  ['changes and bytes', (chance) => noisy(written(several(chance), chance), chance)],
  ['two halves', (chance) => halves(chance)],
  ['a member twice', (chance) => doubled(written(chance.pick(ORIGINALS), chance), chance)],
  ['nothing but bytes', (chance) => bytes(chance, chance.below(60))],
  ['deep', (chance) => deep(chance)],
  ['large', (chance) => (chance.below(200) === 0 ? large(chance) : written(several(chance), chance))],
]

function several(chance: Random): Json {
  let document: Json = chance.pick(ORIGINALS)
  for (let left = 1 + chance.below(6); left > 0; left--) document = changed(document, chance)
  return document
}

/** One place of the document, changed. */
function changed(value: Json, chance: Random): Json {
  if (isList(value)) return chance.below(4) === 0 ? changedList(value, chance) : inside(value, chance)
  if (typeof value === 'object' && value !== null)
    return chance.below(4) === 0 ? changedObject(value, chance) : insideObject(value, chance)
  return chance.below(8) === 0 ? [value] : chance.pick(VALUES)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function inside(items: readonly Json[], chance: Random): Json {
  const place = chance.below(items.length)
  return items.map((item, i) => (i === place ? changed(item, chance) : item))
}

function insideObject(value: { readonly [key: string]: Json }, chance: Random): Json {
  const members = Object.entries(value)
  const place = chance.below(members.length)
  return Object.fromEntries(members.map(([key, item], i) => [key, i === place ? changed(item, chance) : item]))
}

function changedList(items: readonly Json[], chance: Random): Json {
  const place = chance.below(items.length + 1)
  switch (chance.below(4)) {
    case 0:
      return []
    case 1:
      return items.filter((_, i) => i !== place)
    case 2:
      return [...items.slice(0, place), chance.pick(VALUES), ...items.slice(place)]
    default:
      return [...items, ...items.slice(place)]
  }
}

function changedObject(value: { readonly [key: string]: Json }, chance: Random): Json {
  const members = Object.entries(value)
  const place = chance.below(members.length + 1)
  switch (chance.below(5)) {
    case 0:
      return {}
    case 1:
      return Object.fromEntries(members.filter((_, i) => i !== place))
    case 2:
      return { ...value, [chance.pick(KEYS)]: chance.pick(VALUES) }
    case 3:
      return Object.fromEntries(members.map(([key, item], i) => [i === place ? recased(key, chance) : key, item]))
    default:
      return Object.fromEntries(members.map(([key, item], i) => [i === place ? chance.pick(KEYS) : key, item]))
  }
}

function recased(key: string, chance: Random): string {
  const place = chance.below(key.length + 1)
  const letter = key[place] ?? ''
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
  return key.slice(0, place) + other + key.slice(place + 1)
}

function written(document: Json, chance: Random): string {
  const indents = [0, 0, 2, '\t']
  return JSON.stringify(document, null, chance.pick(indents))
}

function noisy(text: string, chance: Random): string {
  let out = text
  for (let left = 1 + chance.below(4); left > 0; left--) {
    const from = chance.below(out.length + 1)
    out = out.slice(0, from) + bytes(chance, chance.below(4)) + out.slice(from + chance.below(12))
  }
  return out
}

/** Any UTF-16 units, lone surrogates among them, with a liking for what JSON is made of. */
function bytes(chance: Random, length: number): string {
  const marks = [
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\',
    '\\u',
    '\u0000',
    '\ufeff',
    '\ud800',
    '\udfff',
    '${',
    '*',
    '\r',
    '\n',
    '/*',
    '1e999',
    '-0',
  ]
  return Array.from({ length }, () =>
    chance.below(3) === 0 ? String.fromCharCode(chance.below(65_536)) : chance.pick(marks),
  ).join('')
}

function halves(chance: Random): string {
  const [one, other] = [written(chance.pick(ORIGINALS), chance), written(chance.pick(ORIGINALS), chance)]
  return one.slice(0, chance.below(one.length)) + other.slice(chance.below(other.length))
}

/** As text, since an object cannot hold a key twice. */
function doubled(text: string, chance: Random): string {
  const commas = [...text.matchAll(/[{,](?=\s*")/g)].map((match) => match.index + 1)
  const place = commas.length === 0 ? 0 : chance.pick(commas)
  return `${text.slice(0, place)}${JSON.stringify(chance.pick(KEYS))}:${JSON.stringify(chance.pick(VALUES))},${text.slice(place)}`
}

function deep(chance: Random): string {
  const opening = chance.pick(['[', '{"a":', '{"Statement":', '[{"Condition":'])
  const levels = chance.below(60) === 0 ? 50_000 : chance.below(200)
  const closing = opening
    .replaceAll(/[^[{]/g, '')
    .split('')
    .reverse()
    .join('')
    .replaceAll('[', ']')
    .replaceAll('{', '}')
  return opening.repeat(levels) + chance.pick(['1', '', '"x"']) + closing.repeat(levels)
}

function large(chance: Random): string {
  const value = chance.pick(['a', '*a', '\\\\', '\u0000', '\ud800', ' ', '${', '[', '1:', '"'])
  const text = JSON.stringify(chance.pick(ORIGINALS))
  const place = chance.below(text.length)
  return text.slice(0, place) + value.repeat(1 + chance.below(1_000_000 / value.length)) + text.slice(place)
}
