/** Reads template.yaml into plain JSON in CloudFormation's long form (`!Ref x` → `{ Ref: 'x' }`). Knows nothing of what the template should say. */

import { readFileSync } from 'node:fs'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

export type Json = null | boolean | number | string | readonly Json[] | JsonMap
export interface JsonMap {
  readonly [key: string]: Json
}
export interface Resource {
  readonly name: string
  readonly type: string
  readonly body: JsonMap
  readonly properties: JsonMap
}

const longForms: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Sub': 'Fn::Sub',
  '!GetAtt': 'Fn::GetAtt',
  '!If': 'Fn::If',
  '!Equals': 'Fn::Equals',
  '!Not': 'Fn::Not',
  '!FindInMap': 'Fn::FindInMap',
}

export const templateText = readFileSync(new URL('../../template.yaml', import.meta.url), 'utf8')
export const template = map(parseTemplate(templateText))

/** @throws on YAML errors, duplicate keys, aliases and merge keys (CloudFormation refuses them) and unknown short forms. */
export function parseTemplate(text: string): Json {
  const document = parseDocument(text)
  const [fault] = document.errors
  if (fault) throw fault
  return convert(document.contents)
}

function convert(node: unknown): Json {
  const value = withoutTag(node)
  const tag = isMap(node) || isSeq(node) || isScalar(node) ? node.tag : undefined
  if (tag === undefined || tag.startsWith('tag:yaml.org,2002:')) return value
  const long = longForms[tag]
  if (long === undefined)
    throw new Error(`template.yaml uses ${tag}, which CloudFormation does not have or this test does not know`)
  return { [long]: long === 'Fn::GetAtt' && typeof value === 'string' ? value.split('.') : value }
}

function withoutTag(node: unknown): Json {
  if (node === null) return null
  if (isSeq(node)) return node.items.map(convert)
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [String(convert(pair.key)), convert(pair.value)]))
  if (!isScalar(node)) throw new Error('template.yaml uses a YAML alias, which CloudFormation refuses')
  const { value } = node
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  throw new Error(`template.yaml holds a scalar that is not JSON: ${String(value)}`)
}

export function isMapping(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function map(value: Json | undefined): JsonMap {
  if (!isMapping(value)) throw new Error(`expected a mapping, found ${JSON.stringify(value)}`)
  return value
}

/** One value or a list of them, as IAM takes both. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

export function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error(`expected a text, found ${JSON.stringify(value)}`)
  return value
}

export function number(value: Json | undefined): number {
  if (typeof value !== 'number') throw new Error(`expected a number, found ${JSON.stringify(value)}`)
  return value
}

/** The value under a path of keys; undefined where it ends early. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isMapping(inner) ? inner[key] : undefined
  }, value)
}

export const resources: readonly Resource[] = resourcesOf(template)

export function resourcesOf(of: JsonMap): readonly Resource[] {
  return Object.entries(map(of.Resources)).map(([name, value]) => {
    const body = map(value)
    return { name, type: text(body.Type), body, properties: map(body.Properties) }
  })
}

export function ofType(type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type)
}

export function resource(name: string): Resource {
  const found = resources.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`template.yaml has no resource ${name}`)
  return found
}

/** The logical name in `!Ref Name` or `!GetAtt Name.Attribute`; null for anything else. */
export function referred(value: Json | undefined): string | null {
  const name = at(value, 'Ref') ?? at(value, 'Fn::GetAtt', 0)
  return typeof name === 'string' ? name : null
}

/** Every value in the tree, the root first. */
export function* walk(value: Json): Generator<Json> {
  yield value
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) yield* walk(inner)
}
