/** Where each value of a configuration that was put together comes from. Pure; for people, so the functions do not import it. */

import type { Config } from './config.ts'
import type { ConfigPart } from './merge-config.ts'

/** What counts where nobody says otherwise. */
const DEFAULTS = { notifyAt: 'medium' } as const satisfies Config

export interface Origin {
  /** JSON pointer; of a list, and of accounts by name, to the whole, which several may add to. */
  readonly path: string
  readonly value: unknown
  /** The file or parameter; `default`. */
  readonly from: string
}

/** Each entry of a list by itself, in the order in which they count. */
export function originsOf(parts: readonly ConfigPart[]): readonly Origin[] {
  const said = parts.flatMap(({ source, config }) => Object.entries(config).flatMap((entry) => valuesOf(entry, source)))
  const silent = Object.entries(DEFAULTS).map(([name, value]) => ({ path: `/${name}`, value, from: 'default' }))
  return [...said, ...silent.filter(({ path }) => said.every((one) => one.path !== path))].sort(byPath)
}

function valuesOf([name, value]: readonly [string, unknown], from: string): readonly Origin[] {
  const path = `/${name}`
  return Array.isArray(value) ? value.map((one: unknown) => ({ path, value: one, from })) : [{ path, value, from }]
}

function byPath(one: Origin, other: Origin): number {
  return one.path === other.path ? 0 : one.path < other.path ? -1 : 1
}
