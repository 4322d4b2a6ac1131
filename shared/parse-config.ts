/** Reads the user's configuration from JSON text and says everything that is wrong with it at once. Pure. */

import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import * as v from 'valibot'
import type { Config } from './config.ts'
import { accountId, instant } from './identity.ts'
import type { TrustedAccount } from './policy/context.ts'
import { tooDeepAt } from './policy/document.ts'
import { SEVERITIES } from './severity.ts'

export interface ConfigFault {
  /** JSON pointer (RFC 6901); '' is the whole document. */
  readonly path: string
  /** What is wrong and what is expected. */
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

export interface ParsedConfig {
  /** Empty when there is any fault: half a configuration would trust or mute something nobody wrote down. */
  readonly config: Config
  readonly faults: readonly ConfigFault[]
}

type Segment = string | number

/** A fault in a text that is valid by itself: what it says contradicts something outside it. */
export function faultIn(content: string, path: readonly Segment[], message: string): ConfigFault {
  const text = content.replace(BYTE_ORDER_MARK, '')
  const root = parseTree(text)
  return root ? faultAt(text, root, { path, message }) : { path: pointer(path), message, line: 1, column: 1 }
}

/** A byte order mark, which some editors on Windows write, is no part of the text. */
const BYTE_ORDER_MARK = /^\ufeff/

export function parseConfig(content: string): ParsedConfig {
  const text = content.replace(BYTE_ORDER_MARK, '')
  const deep = tooDeepAt(text)
  if (deep !== null) return { config: {}, faults: [{ path: '', message: 'nests too deeply', ...position(text, deep) }] }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  if (root === undefined || errors.length > 0) return { config: {}, faults: notJson(text, errors) }
  const result = v.safeParse(configSchema, getNodeValue(root))
  const faults = [...repeatedKeys(text, root), ...(result.issues ?? []).map((issue) => faultOf(text, root, issue))]
  return faults.length === 0 && result.success ? { config: result.output, faults: [] } : { config: {}, faults }
}

const says = (issue: v.StrictObjectIssue | v.RecordIssue) => {
  if (issue.expected === 'never') return 'is no setting that Trustdrift knows'
  return issue.received === 'undefined' ? 'is missing' : 'must be a JSON object'
}
// valibot takes a list for an object.
const anObject = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ({ received }) => (received === 'undefined' ? 'is missing' : 'must be a JSON object'),
)
const object = <T extends v.ObjectEntries>(entries: T) => v.pipe(anObject, v.strictObject(entries, says))
const someText = v.pipe(v.string('must be text'), v.trim(), v.nonEmpty('must not be empty'))
const account = v.pipe(
  v.string('must be an account id in quotes: twelve digits'),
  v.check((text) => accountId(text) !== null, 'must be an account id: twelve digits'),
)
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item, 'must be a list'), v.readonly())
const expires = v.pipe(
  v.string('must be a date in quotes, like 2027-03-31'),
  v.check(isDate, 'must be a date like 2027-03-31 or a time like 2027-03-31T12:00:00Z'),
)
const severity = v.picklist(SEVERITIES, `must be one of ${SEVERITIES.join(', ')}`)
const organizationId = v.pipe(
  v.string('must be text'),
  v.regex(/^o-[a-z0-9]{10,32}$/, 'must be an organisation id like o-a1b2c3d4e5'),
)
const ruleId = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be a rule's id, like foreign-account"),
)

const trustedAccount = object({
  id: account,
  label: someText,
  reason: someText,
  expires: v.exactOptional(expires),
  roles: v.exactOptional(
    v.pipe(list(someText), v.minLength(1, 'must name a role; leave it out to trust the account for every role')),
  ),
})

/** Of two entries for the same roles only the first would count, whatever reason or end the second gives. */
const trustedAccounts = v.pipe(
  list(trustedAccount),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const entries = dataset.value
    entries.forEach((value, key) => {
      const first = entries.slice(0, key).findIndex((earlier) => trustsTheSame(earlier, value))
      if (first < 0) return
      const message = `is trusted for the same roles in /trustedAccounts/${first} already`
      addIssue({ message, path: [{ type: 'array', origin: 'value', input: [...entries], key, value }] })
    })
  }),
)

/** True where both name the account and at least one pattern of roles is in both. */
export function trustsTheSame(one: TrustedAccount, other: TrustedAccount): boolean {
  if (one.id !== other.id) return false
  return !one.roles || !other.roles || one.roles.some((role) => other.roles?.includes(role))
}

const exception = object({
  role: someText,
  rule: ruleId,
  principal: v.exactOptional(someText),
  reason: someText,
  expires,
})

const configSchema = object({
  organization: v.exactOptional(object({ id: organizationId, accounts: list(account) })),
  trustedAccounts: v.exactOptional(trustedAccounts),
  notifyAt: v.exactOptional(severity),
  exceptions: v.exactOptional(list(exception)),
  environments: v.exactOptional(v.pipe(anObject, v.record(someText, list(account), says))),
  vendors: v.exactOptional(list(object({ id: account, label: someText }))),
}) satisfies v.GenericSchema<object, Config>

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

/** JavaScript reads 30 February as 2 March; a date that is none must not move an expiry. */
function isDate(text: string): boolean {
  const time = instant(text)
  if (time === null || !DATE.test(text)) return false
  return instant(text.slice(0, 10))?.slice(0, 10) === text.slice(0, 10)
}

function faultOf(text: string, root: Node, issue: v.BaseIssue<unknown>): ConfigFault {
  const path = (issue.path ?? []).flatMap(({ key }) =>
    typeof key === 'string' || typeof key === 'number' ? [key] : [],
  )
  return faultAt(text, root, { path, message: issue.message })
}

interface Said {
  readonly path: readonly Segment[]
  readonly message: string
}

function faultAt(text: string, root: Node, { path, message }: Said): ConfigFault {
  const node = findNodeAtLocation(root, [...path]) ?? findNodeAtLocation(root, path.slice(0, -1)) ?? root
  return { path: pointer(path), message, ...position(text, node.offset) }
}

/** JSON keeps the last of two equal keys without a word. */
function repeatedKeys(text: string, node: Node, path: readonly Segment[] = []): readonly ConfigFault[] {
  const children = node.children ?? []
  if (node.type === 'array') return children.flatMap((child, index) => repeatedKeys(text, child, [...path, index]))
  if (node.type !== 'object') return []
  const keys = children.map((property) => String(property.children?.[0]?.value))
  return children.flatMap((property, index) => {
    const own = [...path, keys[index] ?? '']
    const again = { path: pointer(own), message: 'stands here a second time', ...position(text, property.offset) }
    const value = property.children?.[1]
    return [
      ...(keys.indexOf(keys[index] ?? '') < index ? [again] : []),
      ...(value ? repeatedKeys(text, value, own) : []),
    ]
  })
}

function notJson(text: string, errors: readonly ParseError[]): readonly ConfigFault[] {
  if (errors.length === 0) return [{ path: '', message: 'is empty: it must be a JSON object', line: 1, column: 1 }]
  return errors.map(({ error, offset }) => ({
    path: '',
    message: `is not JSON: ${printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()}`,
    ...position(text, offset),
  }))
}

function pointer(path: readonly Segment[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
