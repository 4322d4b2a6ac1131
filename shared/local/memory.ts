/**
 * Memory without AWS: in the process, or kept in a file of one JSON operation a line, so that a killed run loses at most the
 * line it was writing. Same contract as the table (test/memory-contract.ts).
 */

import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { type Aside, type Backlog, idOfAside } from '../backfill/backlog.ts'
import { type Entry, tellsMore } from '../backfill/entry.ts'
import { joined, remaining, type Span } from '../backfill/windows.ts'
import type { AccountId, Instant, Role } from '../identity.ts'
import { sortKey } from '../lineage.ts'
import type { SweepMemory, SweepState, Version, VersionKey } from '../ports.ts'
import type { End, EndKey, KnownService, ServiceMemory } from '../service-ports.ts'
import type { ServiceKey } from '../service-signal.ts'
import { type ServiceStore, serviceStore } from './service-store.ts'
import { judgedToo, roleKey, type VersionStore, versionStore } from './version-store.ts'

export interface LocalMemory extends SweepMemory, ServiceMemory, Backlog {
  close(): void
}

/** One line of the file. */
type Operation =
  | { readonly op: 'keep'; readonly schema: 1; readonly version: Version }
  | { readonly op: 'judged'; readonly key: VersionKey; readonly against: readonly string[] }
  | { readonly op: 'settle'; readonly key: VersionKey }
  | { readonly op: 'told'; readonly id: string }
  | { readonly op: 'sweep'; readonly account: AccountId; readonly state: SweepState }
  | { readonly op: 'enrol'; readonly roles: readonly Role[]; readonly sweepId: string }
  | { readonly op: 'strike'; readonly role: Role }
  | { readonly op: 'read'; readonly of: string; readonly span: Span }
  | { readonly op: 'aside'; readonly aside: Aside }
  | { readonly op: 'entry'; readonly entry: Entry }
  | { readonly op: 'service'; readonly service: KnownService }
  | { readonly op: 'forget'; readonly key: ServiceKey; readonly at: Instant }
  | { readonly op: 'end'; readonly end: End }

interface State {
  readonly services: ServiceStore
  readonly versions: VersionStore
  readonly told: Set<string>
  readonly sweeps: Map<AccountId, SweepState>
  readonly roster: Map<string, { readonly role: Role; readonly listedBy: string | null }>
  readonly read: Map<string, readonly Span[]>
  readonly asides: Map<string, Aside>
  readonly entries: Map<string, Entry>
}

/**
 * @param file null: the memory lives and ends with the process
 * @throws where the file cannot be read or written, or holds what is no memory
 */
export function openMemory(file: string | null): LocalMemory {
  const state: State = {
    services: serviceStore(),
    versions: versionStore(),
    told: new Set(),
    sweeps: new Map(),
    roster: new Map(),
    read: new Map(),
    asides: new Map(),
    entries: new Map(),
  }
  const apply = applying(state)
  if (file !== null) recall(file, apply)
  const log = file === null ? null : openSync(file, 'a', 0o600)
  const write = (operation: Operation) => {
    if (!apply(operation) || log === null) return
    writeSync(log, `${JSON.stringify(operation)}\n`)
  }
  const close = () => log !== null && closeSync(log)
  return { ...reading(state), ...readingServices(state.services), ...writing(write), ...backlog(state, write), close }
}

function backlog(state: State, write: (operation: Operation) => void): Backlog {
  return {
    spansRead: (of) => state.read.get(of) ?? [],
    markRead: (of, span) => write({ op: 'read', of, span }),
    keepAside: (aside) => write({ op: 'aside', aside }),
    asides: () => state.asides.values(),
    keepEntry: (entry) => write({ op: 'entry', entry }),
    entries: () => state.entries.values(),
    everyRole: function* () {
      for (const { role } of state.roster.values()) yield role
    },
  }
}

function reading(state: State): Pick<SweepMemory, 'find' | 'earlier' | 'later' | 'wasTold' | 'sweepState' | 'roster'> {
  return {
    find: async (key) => state.versions.find(key),
    earlier: async function* (role, at) {
      yield* state.versions.earlier(role, at)
    },
    later: async function* (role, at) {
      yield* state.versions.later(role, at)
    },
    wasTold: async (id) => state.told.has(id),
    sweepState: async (account) => state.sweeps.get(account) ?? null,
    roster: async function* (account) {
      for (const entry of [...state.roster.values()]) if (entry.role.account === account) yield entry
    },
  }
}

function writing(
  write: (operation: Operation) => void,
): Omit<
  LocalMemory,
  keyof ReturnType<typeof reading> | keyof ReturnType<typeof readingServices> | keyof Backlog | 'close'
> {
  return {
    keep: async (version) => write({ op: 'keep', schema: 1, version }),
    addJudged: async (key, against) => write({ op: 'judged', key: bare(key), against }),
    settle: async (key) => write({ op: 'settle', key: bare(key) }),
    markTold: async (id) => write({ op: 'told', id }),
    saveSweepState: async (account, state) => write({ op: 'sweep', account, state }),
    enrol: async (roles, sweepId) => write({ op: 'enrol', roles, sweepId }),
    strike: async (role) => write({ op: 'strike', role }),
    keepService: async (service) => write({ op: 'service', service }),
    forgetService: async (key, at) => write({ op: 'forget', key: named(key), at }),
    keepEnd: async (end) => write({ op: 'end', end: { ...end, service: named(end.service) } }),
  }
}

function readingServices(store: ServiceStore) {
  return {
    usersOf: async (role: Role) => store.usersOf(role),
    service: async (key: ServiceKey) => store.service(key),
    services: async function* (account: AccountId) {
      for (const service of store.all()) if (service.account === account) yield service
    },
    end: async (key: EndKey) => store.end(key),
    endsBefore: async function* (service: ServiceKey, key: string) {
      for (const end of store.ends(service).toReversed()) if (sortKey(end) < key) yield end
    },
    endsAfter: async function* (service: ServiceKey, key: string) {
      for (const end of store.ends(service)) if (sortKey(end) > key) yield end
    },
  } satisfies Partial<ServiceMemory & SweepMemory>
}

/** Says whether the operation changed anything, so that the file does not grow by repetition. */
function applying(state: State): (operation: Operation) => boolean {
  return (operation) => {
    switch (operation.op) {
      case 'keep':
        enrolByVersion(state, operation.version.role)
        return state.versions.keep(operation.version)
      case 'judged':
        state.versions.change(operation.key, (version) => judgedToo(version, operation.against))
        return true
      case 'settle':
        state.versions.change(operation.key, (version) => ({ ...version, settled: true }))
        return true
      case 'told':
        return state.told.size !== state.told.add(operation.id).size
      case 'sweep':
        state.sweeps.set(operation.account, operation.state)
        return true
      case 'enrol':
        for (const role of operation.roles) state.roster.set(roleKey(role), { role, listedBy: operation.sweepId })
        return true
      case 'strike':
        return state.roster.delete(roleKey(operation.role))
      case 'read':
        return addRead(state, operation.of, operation.span)
      case 'aside':
        return state.asides.size !== state.asides.set(idOfAside(operation.aside), operation.aside).size
      case 'entry':
        return addEntry(state, operation.entry)
      case 'service':
        return state.services.keep(operation.service)
      case 'forget':
        return state.services.forget(operation.key, operation.at)
      case 'end':
        return state.services.keepEnd(operation.end)
      default:
        return unknownOperation(operation)
    }
  }
}

function addRead(state: State, of: string, span: Span): boolean {
  const spans = state.read.get(of) ?? []
  if (remaining(span, spans).length === 0) return false
  state.read.set(of, joined([...spans, span]))
  return true
}

/** In whatever order the records of one call come, the one that tells more stays. */
function addEntry({ entries }: State, entry: Entry): boolean {
  const there = entries.get(entry.eventId)
  if (there !== undefined && !tellsMore(entry, there)) return false
  entries.set(entry.eventId, entry)
  return true
}

function enrolByVersion(state: State, role: Role): void {
  const key = roleKey(role)
  if (!state.roster.has(key)) state.roster.set(key, { role, listedBy: null })
}

/** Reads the file back; a last line without its end was being written when the run was killed, and is cut off. */
function recall(file: string, apply: (operation: Operation) => boolean): void {
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  const whole = bytes.lastIndexOf(10) + 1
  if (whole < bytes.length) truncateSync(file, whole)
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    try {
      const operation = JSON.parse(line)
      if (operation.op === 'keep' && operation.schema !== 1) throw new Error('a later release wrote this version')
      apply(operation)
    } catch (cause) {
      throw new Error(`${file} line ${index + 1} is not a line of a Trustdrift memory; name another file`, { cause })
    }
  }
}

function bare(key: VersionKey): VersionKey {
  return { role: key.role, at: key.at, eventId: key.eventId }
}

function named({ account, region, name }: ServiceKey): ServiceKey {
  return { account, region, name }
}

function unknownOperation(operation: never): never {
  throw new Error(`memory does not know the operation ${JSON.stringify(operation).slice(0, 80)}`)
}
