/**
 * Versions packed for memory in the process: one flat line each, with what repeats (documents, roles, actors, sources) kept
 * once. A role that toggles a thousand times costs a thousand short lines. Knows no file.
 */

import type { Version } from '../ports.ts'

export interface VersionLines {
  readonly pack: (version: Version) => string
  readonly unpack: (line: string) => Version
}

/** What a line begins with: its sort key, so that lines of one role compare as their versions do in time. */
export function keyOfLine(line: string): string {
  return line.slice(2, line.indexOf('"', 2))
}

/** Lines of one `versionLines` can only be unpacked by the same. */
export function versionLines(): VersionLines {
  const documents = numbered<Version['document']>((document) => document ?? '')
  const roles = numbered<Version['role']>((role) => `${role.account}#${role.name}#${role.arn}`)
  const actors = numbered<Version['actor']>((actor) => JSON.stringify(actor))
  const sources = numbered<Version['evidence']>((source) => JSON.stringify(source))
  return {
    pack: (version) => {
      const { at, eventId, change, standing, settled, judgedAgainst, evidence, document } = version
      const ownId = evidence.eventId === eventId
      return JSON.stringify([
        `${at}#${eventId}`,
        at,
        eventId,
        change,
        standing,
        settled,
        judgedAgainst,
        roles.numberOf(version.role),
        document === null ? null : documents.numberOf(document),
        actors.numberOf(version.actor),
        ownId,
        sources.numberOf(ownId ? { ...evidence, eventId: null } : evidence),
      ])
    },
    unpack: (line) => {
      const [, at, eventId, change, standing, settled, judgedAgainst, role, document, actor, ownId, source] =
        JSON.parse(line)
      const evidence = sources.at(source)
      return {
        role: roles.at(role),
        at,
        eventId,
        change,
        document: document === null ? null : documents.at(document),
        standing,
        settled,
        judgedAgainst,
        actor: actors.at(actor),
        evidence: ownId ? { ...evidence, eventId } : evidence,
      }
    },
  }
}

interface Numbered<T> {
  numberOf(value: T): number
  at(number: number): T
}

/** Gives equal values the same number. */
function numbered<T>(nameOf: (value: T) => string): Numbered<T> {
  const numbers = new Map<string, number>()
  const values: T[] = []
  return {
    numberOf: (value) => {
      const name = nameOf(value)
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, values.length)
      return values.push(value) - 1
    },
    at: (number) => {
      const value = values[number]
      if (value === undefined) throw new Error('a line was packed by another memory')
      return value
    },
  }
}
