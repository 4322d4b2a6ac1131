/** Where each value of a configuration that was put together comes from. Pure; for people, so the functions do not import it. */

import type { ConfigPart } from './merge-config.ts'

/** What counts for `notifyAt` where the configuration does not say, and who says that. */
export interface Silent {
  readonly value: string
  readonly from: string
}

/** The template's default. The functions take what their stack was deployed with, which only the stack knows. */
export const NOT_DEPLOYED: Silent = { value: 'medium', from: "default of the stack's parameter NotifyAt; see --stack" }

export interface Origin {
  /** JSON pointer; of a list, and of accounts by name, to the whole, which several may add to. */
  readonly path: string
  readonly value: unknown
  /** The file or parameter, or who says it where none does. */
  readonly from: string
}

/** Each entry of a list by itself, in the order in which they count. */
export function originsOf(parts: readonly ConfigPart[], notifyAt: Silent): readonly Origin[] {
  const said = parts.flatMap(({ source, config }) => Object.entries(config).flatMap((entry) => valuesOf(entry, source)))
  const isSaid = said.some(({ path }) => path === '/notifyAt')
  return [...said, ...(isSaid ? [] : [{ path: '/notifyAt', ...notifyAt }])].sort(byPath)
}

function valuesOf([name, value]: readonly [string, unknown], from: string): readonly Origin[] {
  const path = `/${name}`
  return Array.isArray(value) ? value.map((one: unknown) => ({ path, value: one, from })) : [{ path, value, from }]
}

function byPath(one: Origin, other: Origin): number {
  return one.path === other.path ? 0 : one.path < other.path ? -1 : 1
}
