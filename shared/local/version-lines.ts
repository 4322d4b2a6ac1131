/**
 * Versions packed for memory in the process: one short line each, with what repeats (documents, and what versions of one role made
 * in one way have in common) kept once. A role that toggles a thousand times costs a thousand short lines. Knows no file.
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

/** What only this version has is in its line; an event id in the evidence is mostly the version's own. */
type Common = Omit<Version, 'at' | 'eventId' | 'document' | 'judgedAgainst'> & { readonly ownId: boolean }

/** Lines of one `versionLines` can only be unpacked by the same. */
export function versionLines(): VersionLines {
  const documents = numbered<string>((document) => document)
  const commons = numbered<Common>((common) => JSON.stringify(common))
  return {
    pack: (version) => {
      const { at, eventId, document, judgedAgainst } = version
      const common = commons.numberOf(commonOf(version))
      const text = document === null ? null : documents.numberOf(document)
      return JSON.stringify([`${at}#${eventId}`, common, text, ...judgedAgainst])
    },
    unpack: (line) => {
      const [key, common, text, ...judgedAgainst] = JSON.parse(line)
      // Field by field: what a rest pattern makes is slow to make and slow to collect, and this runs several times an event.
      const { role, change, standing, settled, actor, ownId, evidence } = commons.at(common)
      const document = text === null ? null : documents.at(text)
      const [at, eventId] = key.split('#')
      return {
        role,
        at,
        eventId,
        change,
        document,
        standing,
        settled,
        judgedAgainst,
        actor,
        evidence: ownId ? { ...evidence, eventId } : evidence,
      }
    },
  }
}

function commonOf({ role, change, standing, settled, actor, evidence, eventId }: Version): Common {
  const ownId = evidence.eventId === eventId
  return { role, change, standing, settled, actor, ownId, evidence: ownId ? { ...evidence, eventId: null } : evidence }
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
