/**
 * The trust policy that lets a service assume its role again: what is there with one statement more, which admits exactly that
 * service; else the version before. Proposes, and writes nothing. Pure.
 */

import { compareTrusts } from './policy/compare.ts'
import type { RoleContext } from './policy/context.ts'
import { readTrust } from './policy/read.ts'
import type { Version } from './ports.ts'
import { reader } from './reading.ts'
import { isSafeToRestore } from './restore.ts'
import { type Circumstances, documentAssumable } from './workloads/assumable.ts'
import { writeCommand } from './write-command.ts'

export interface Broken {
  readonly roleName: string
  readonly principal: string
  /** In force now; null: the role does not exist, and no trust policy brings it back. */
  readonly document: string | null
  /** The version that still let the service in; null: none is known. */
  readonly before: Pick<Version, 'document' | 'change' | 'actor'> | null
  readonly about: RoleContext
  readonly circumstances: Circumstances
}

/** Null where nothing is to be repaired, or no document is sure to admit the service and nobody else. */
export function readmitting(broken: Broken): { readonly command: string } | null {
  const { roleName, document, principal, circumstances } = broken
  if (document === null || documentAssumable(document, principal, circumstances) === 'yes') return null
  const repaired = withPrincipal(document, broken) ?? versionBefore(broken)
  return repaired === null ? null : { command: writeCommand(roleName, repaired) }
}

/** The document with one statement more, if that admits exactly the service: nobody else gains, nobody loses. */
function withPrincipal(document: string, { principal, about, circumstances }: Broken): string | null {
  const added = addedStatement(document, principal)
  if (added === null || documentAssumable(added, principal, circumstances) !== 'yes') return null
  const [old, now] = [readTrust(document), readTrust(added)]
  if (now.faults.length > 0) return null
  const { gained, lost, undecided } = compareTrusts(old.policy, now.policy, about)
  const exactly = gained.every(
    ({ witness }) => witness.principal.type === 'Service' && witness.principal.id === principal,
  )
  return exactly && lost.length === 0 && undecided.length === 0 ? added : null
}

/** JSON text; null where the document is no policy to add to. */
export function addedStatement(document: string, principal: string): string | null {
  const policy = objectOf(document)
  if (policy === null) return null
  const there = Reflect.get(policy, 'Statement')
  const statements: readonly unknown[] = Array.isArray(there) ? there : [there]
  const more = { Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }
  return JSON.stringify({ ...policy, Statement: [...statements, more] })
}

function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function versionBefore({ before, principal, about, circumstances }: Broken): string | null {
  if (before === null || before.document === null) return null
  if (documentAssumable(before.document, principal, circumstances) !== 'yes') return null
  return isSafeToRestore(before, reader(about)(before.document), about) ? before.document : null
}
