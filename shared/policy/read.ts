/** JSON text → TrustPolicy and what is wrong with it. Never throws, whatever comes in. Judges the document as IAM would; decides nothing about callers. */

import {
  childOf,
  type Element,
  find,
  isWrittenAlike,
  itemsOf,
  type Member,
  membersOf,
  plain,
  readPlaced,
  readPlain,
  step,
} from './document.ts'
import { at, duplicates, type Fault, type Place, type Report, report, shown } from './fault.ts'
import { parseStatement } from './parse-statement.ts'
import type { NotUnderstood, Statement, TrustPolicy } from './policy.ts'

const UNREADABLE: TrustPolicy = { readable: false, version: null, statements: [], notUnderstood: [] }

export interface Parsed {
  readonly policy: TrustPolicy
  readonly faults: readonly Fault[]
  readonly sources: Sources
}

/** What the statements of a policy without a fault were read from; empty for others. */
export type Sources = readonly Source[]

interface Source {
  readonly statement: Statement
  /** As JSON.parse gives it. */
  readonly plain: object
  readonly variables: boolean
}

/** What IAM's API takes in one call (API reference, CreateRole). A longer text is no policy, whatever it holds. */
export const LONGEST = 131_072

/** @param like of another policy, read before: statements that stand in both are read once */
export function readTrust(text: string, like: Sources = NO_SOURCES): Parsed {
  if (text.length > LONGEST) return tooLong()
  const root = readPlain(text)
  if (root?.type === 'object' && !FOREIGN.test(text)) {
    const to: Report = { faults: [] }
    const sources: Source[] = []
    const policy = parsePolicy(root, to, { like, sources })
    if (to.faults.length === 0) return { policy, faults: to.faults, sources }
  }
  // Something is wrong: read it again, with positions.
  return readAgain(text)
}

/** What IAM's API does not take in a policy document. */
const FOREIGN = /[^\t\n\r\u0020-\u00ff]/

function tooLong(): Parsed {
  const to: Report = { faults: [] }
  report(to, 'too-long', { path: '', offset: 0 })
  return { policy: UNREADABLE, faults: to.faults, sources: NO_SOURCES }
}

function readAgain(text: string): Parsed {
  const to: Report = { faults: [] }
  const document = readPlaced(text)
  if (document.kind === 'not-json') {
    const what = document.tooDeep ? ' IAM would take: it nests too deeply' : ''
    report(to, 'invalid-json', { path: '', offset: document.offset, what })
    return { policy: UNREADABLE, faults: to.faults, sources: NO_SOURCES }
  }
  if (document.root.type !== 'object') {
    report(to, 'not-an-object', at(document.root, ''))
    return { policy: UNREADABLE, faults: to.faults, sources: NO_SOURCES }
  }
  const foreign = FOREIGN.exec(text)
  if (foreign !== null) report(to, 'invalid-characters', { path: '', offset: foreign.index })
  const policy = parsePolicy(document.root, to, { like: NO_SOURCES, sources: [] })
  return { policy, faults: to.faults, sources: NO_SOURCES }
}

const NO_SOURCES: Sources = []

interface Shared {
  readonly like: Sources
  /** Of this policy. */
  readonly sources: Source[]
}

function parsePolicy(root: Element, to: Report, shared: Shared): TrustPolicy {
  const members = membersOf(root)
  const notUnderstood = [...duplicates(members, '', to)]
  for (const member of members)
    if (!['Version', 'Id', 'Statement'].includes(member.key)) {
      report(to, 'unknown-element', at(member.keyNode, step('', member.key), shown(member.key)))
      if (member.key.toLowerCase() === 'statement') notUnderstood.push(opaque(member.value, step('', member.key)))
    }
  const id = find(members, 'Id')
  if (id !== undefined && id.value.type !== 'string') report(to, 'invalid-id', at(id.value, '/Id'))
  const version = parseVersion(find(members, 'Version'), to)
  const statements = parseStatements(find(members, 'Statement'), { root, version, to, notUnderstood, shared })
  return { readable: true, version, statements, notUnderstood }
}

function parseVersion(member: Member | undefined, to: Report): string | null {
  if (member === undefined) return null
  const value: unknown = member.value.value
  if (value === '2012-10-17' || value === '2008-10-17') return value
  report(to, 'invalid-version', at(member.value, '/Version', shown(value)))
  return typeof value === 'string' ? value : null
}

function parseStatements(
  member: Member | undefined,
  of: {
    readonly root: Element
    readonly version: string | null
    readonly to: Report
    readonly notUnderstood: NotUnderstood[]
    readonly shared: Shared
  },
): readonly Statement[] {
  const { to, notUnderstood } = of
  const { like, sources } = of.shared
  if (member === undefined) {
    report(to, 'missing-statement', at(of.root, ''))
    if (notUnderstood.length === 0) notUnderstood.push({ says: 'it has no Statement', path: '', canonical: 'none' })
    return []
  }
  const items = itemsOf(member.value)
  if (items.length === 0) report(to, 'missing-statement', at(member.value, '/Statement'))
  const variables = of.version === '2012-10-17'
  const statements: Statement[] = []
  items.forEach((node, index) => {
    const path = member.value.type === 'array' ? `/Statement/${index}` : '/Statement'
    const place = { index, path, variables, to }
    const statement = node.type === 'object' ? (readBefore(node, place, like) ?? parseStatement(node, place)) : null
    if (node.type !== 'object') report(to, 'invalid-statement', at(node, path))
    if (statement === null) notUnderstood.push(opaque(node, path))
    else statements.push(statement)
    if (statement !== null && node.plain !== null) sources.push({ statement, plain: node.plain, variables })
  })
  reportTwins(items, to)
  return statements
}

/** The statement in the same place of the other policy, if it is written alike. */
function readBefore({ plain: inside }: Element, { path, index, variables }: Place, like: Sources): Statement | null {
  const source = like.find(({ statement }) => statement.index === index)
  if (source === undefined || source.statement.path !== path || source.variables !== variables) return null
  return isWrittenAlike(source.plain, inside) ? source.statement : null
}

function opaque(node: Element, path: string): NotUnderstood {
  return { says: 'this statement cannot be understood', path, canonical: plain(node) }
}

/** Only a list has two statements. */
function reportTwins(items: readonly Element[], to: Report): void {
  const seen = new Set<unknown>()
  items.forEach((node, index) => {
    const sid = childOf(node, 'Sid')
    if (sid?.type !== 'string' || sid.value === '') return
    if (seen.has(sid.value)) report(to, 'duplicate-sid', at(sid, `/Statement/${index}/Sid`, shown(sid.value)))
    seen.add(sid.value)
  })
}
