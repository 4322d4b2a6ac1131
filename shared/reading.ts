/** A trust document as judging needs it: read once, and who gets in worked out once, when first asked. Pure; judges nothing. */

import { type Admitted, admittedBy } from './lean.ts'
import type { RoleContext } from './policy/context.ts'
import { type Parsed, readTrust, type Sources } from './policy/read.ts'

export interface Reading extends Parsed {
  /** @param like another document of the role, most of which may stand in this one too */
  readonly admitted: (like?: Reading) => Admitted
}

export type Reader = (document: string) => Reading

/** Reads for one role, and each document once: one judgement asks of the same two again and again. */
export function reader(about: RoleContext): Reader {
  const readings = new Map<string, Reading>()
  let last: Sources | undefined
  return (document) => {
    const known = readings.get(document)
    if (known !== undefined) return known
    const { policy, faults, sources } = readTrust(document, last)
    last = sources
    const reading = {
      policy,
      faults,
      sources,
      admitted: once((like?: Reading) => admittedBy(policy, about, like?.admitted())),
    }
    readings.set(document, reading)
    return reading
  }
}

function once<G, T>(work: (given?: G) => T): (given?: G) => T {
  let done: { readonly value: T } | null = null
  return (given) => {
    done ??= { value: work(given) }
    return done.value
  }
}
