/** The versions of every role, in order of time, in the process. Knows no file and no clock. */

import type { Instant, Role } from '../identity.ts'
import { sortKey } from '../lineage.ts'
import type { Version, VersionKey } from '../ports.ts'
import { keyOfLine, type VersionLines, versionLines } from './version-lines.ts'

export interface VersionStore {
  find(key: VersionKey): Version | null
  /** Newest first. */
  earlier(role: Role, at: Instant): Iterable<Version>
  /** Oldest first. */
  later(role: Role, at: Instant): Iterable<Version>
  /** Says whether anything changed. */
  keep(version: Version): boolean
  /** @throws where there is no such version */
  change(key: VersionKey, next: (version: Version) => Version): void
}

export function versionStore(): VersionStore {
  const lines = versionLines()
  const roles = new Map<string, string[]>()
  const of = (role: Role) => roles.get(roleKey(role)) ?? []
  return {
    find: (key) => {
      const line = of(key.role)[firstAtOrAfter(of(key.role), sortKey(key))]
      return line !== undefined && keyOfLine(line) === sortKey(key) ? lines.unpack(line) : null
    },
    earlier: (role, at) => before(of(role), at, lines),
    // '$' sorts right after '#': behind every version of this second.
    later: (role, at) => after(of(role), `${at}$`, lines),
    keep: (version) => {
      const versions = of(version.role)
      roles.set(roleKey(version.role), versions)
      return keepAmong(versions, version, lines)
    },
    change: (key, next) => {
      const versions = of(key.role)
      const place = firstAtOrAfter(versions, sortKey(key))
      const line = versions[place]
      if (line === undefined || keyOfLine(line) !== sortKey(key)) {
        throw new Error(`memory holds no version ${sortKey(key)} of role ${JSON.stringify(key.role.name)}`)
      }
      versions[place] = lines.pack(next(lines.unpack(line)))
    },
  }
}

/** Unique per account and name, whatever the path. */
export function roleKey(role: Pick<Role, 'account' | 'name'>): string {
  return `${role.account}#${role.name}`
}

export function judgedToo(version: Version, against: readonly string[]): Version {
  return { ...version, judgedAgainst: [...new Set([...version.judgedAgainst, ...against])] }
}

/** Newest first. Few are ever taken, and memory may change in between: each is looked up when it is asked for. */
function* before(versions: readonly string[], bound: string, lines: VersionLines): Iterable<Version> {
  for (let key = bound; ; ) {
    const line = versions[firstAtOrAfter(versions, key) - 1]
    if (line === undefined) return
    yield lines.unpack(line)
    key = keyOfLine(line)
  }
}

function* after(versions: readonly string[], bound: string, lines: VersionLines): Iterable<Version> {
  for (let key = bound; ; ) {
    const line = versions[firstAtOrAfter(versions, key)]
    if (line === undefined) return
    yield lines.unpack(line)
    // The smallest text behind it.
    key = `${keyOfLine(line)}\u0000`
  }
}

function keepAmong(versions: string[], version: Version, lines: VersionLines): boolean {
  const place = firstAtOrAfter(versions, sortKey(version))
  const line = versions[place]
  if (line === undefined || keyOfLine(line) !== sortKey(version)) {
    versions.splice(place, 0, lines.pack(version))
    return true
  }
  if (version.standing !== 'announced') return false
  const there = lines.unpack(line)
  const { judgedAgainst } = judgedToo(there, version.judgedAgainst)
  versions[place] = lines.pack({ ...(there.standing === 'seen' ? version : there), judgedAgainst })
  return true
}

/** The first place whose sort key is at or after the bound; by bisection. */
function firstAtOrAfter(versions: readonly string[], bound: string): number {
  let low = 0
  let high = versions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keyOfLine(versions[middle] ?? '') < bound) low = middle + 1
    else high = middle
  }
  return low
}
