/** Keeps one copy of what repeats among versions (documents, actors, roles): a role that toggles costs little memory. */

import type { Actor } from '../alert.ts'
import type { Role } from '../identity.ts'
import type { Version } from '../ports.ts'

/** A function that gives back the version with every repeated part replaced by the copy seen first. */
export function interning(): (version: Version) => Version {
  const documents = firstCopies<string>((document) => document)
  const roles = firstCopies<Role>((role) => `${role.account}#${role.name}#${role.arn}`)
  const actors = firstCopies<Actor>((actor) => JSON.stringify(actor))
  return (version) => ({
    ...version,
    role: roles(version.role),
    document: version.document === null ? null : documents(version.document),
    actor: version.actor && actors(version.actor),
  })
}

function firstCopies<T>(keyOf: (value: T) => string): (value: T) => T {
  const copies = new Map<string, T>()
  return (value) => {
    const key = keyOf(value)
    const copy = copies.get(key)
    if (copy !== undefined) return copy
    copies.set(key, value)
    return value
  }
}
