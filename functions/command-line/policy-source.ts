/** What a person calls a policy (a file, `-`, a role's ARN) → the text of a trust policy and what is known of its role. Judges nothing. */

import { text as readAll } from 'node:stream/consumers'
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser'
import type { KnownOfRole } from '../../shared/config.ts'
import { type AccountId, accountId, type RoleArn, roleArn, roleNameOf } from '../../shared/identity.ts'
import { STDIN } from '../../shared/local/event-files.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { documentText } from '../../shared/local/role-document.ts'
import { tooDeepAt } from '../../shared/policy/document.ts'
import { readText, type Settings } from './settings.ts'
import type { Streams } from './streams.ts'

export interface PolicySource {
  /** As it was named. */
  readonly source: string
  readonly text: string
  readonly role: KnownOfRole
  /** The role's longest session; null: not known. */
  readonly maxSessionSeconds: number | null
}

/**
 * @throws InputError where there is no such file or role
 * @throws where AWS did not answer
 */
export async function readPolicy(source: string, settings: Settings, streams: Streams): Promise<PolicySource> {
  const arn = roleArn(source)
  if (arn !== null) return { source, ...(await inForce(arn, settings)), role: knownOf(arn, settings.account) }
  const content = source === STDIN ? await readAll(streams.stdin) : await readText(source)
  if (tooDeepAt(content) !== null) throw new InputError(`${source} nests too deeply to be a trust policy`)
  const { text, arn: named, maxSessionSeconds } = documentIn(content.replace(/^\ufeff/, ''))
  return { source, text, role: knownOf(named, settings.account), maxSessionSeconds }
}

/** True for text that is no JSON at all, whatever a policy's parser makes of it. */
export function isNotJson(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch {
    return true
  }
}

type InForce = Pick<PolicySource, 'text' | 'maxSessionSeconds'>

async function inForce(arn: RoleArn, settings: Settings): Promise<InForce> {
  const account = accountIn(arn)
  if (account === null) throw new InputError(`${arn} names no account`)
  const { openAws } = await import('./aws.ts')
  const { roles } = await openAws(settings.place, account)
  const reading = await roles.read({ account, name: roleNameOf(arn), arn })
  if (reading.kind === 'no-such-role') throw new InputError(`There is no role ${arn}`)
  if (reading.kind === 'unknown') throw new Error(`Role ${arn} could not be read: ${reading.why}`)
  return { text: reading.document, maxSessionSeconds: reading.maxSessionSeconds ?? null }
}

function knownOf(arn: RoleArn | null, given: AccountId | null): KnownOfRole {
  const account = given ?? (arn === null ? null : accountIn(arn))
  return { account, arn, name: arn === null ? null : roleNameOf(arn) }
}

function accountIn(arn: RoleArn): AccountId | null {
  return accountId(arn.split(':')[4])
}

interface Found {
  readonly text: string
  readonly arn: RoleArn | null
  readonly maxSessionSeconds: number | null
}

const NOTHING_ELSE = { arn: null, maxSessionSeconds: null } as const

/** The document itself, or inside what `aws iam get-role` prints; as JSON, as text, or URL-encoded. */
function documentIn(content: string): Found {
  // The tolerant parser would make something of the first words of any text.
  const root = isNotJson(content) ? undefined : parseTree(content)
  if (root === undefined) return { text: documentText(content), ...NOTHING_ELSE }
  const role = findNodeAtLocation(root, ['Role']) ?? root
  const node = findNodeAtLocation(role, ['AssumeRolePolicyDocument'])
  const arn = roleArn(findNodeAtLocation(role, ['Arn'])?.value)
  if (node !== undefined) {
    const text = typeof node.value === 'string' ? documentText(node.value) : inPlace(content, node)
    return { text, arn, maxSessionSeconds: secondsIn(findNodeAtLocation(role, ['MaxSessionDuration'])) }
  }
  return { text: documentText(typeof root.value === 'string' ? root.value : content), ...NOTHING_ELSE }
}

function secondsIn(node: Node | undefined): number | null {
  const seconds: unknown = node?.value
  return typeof seconds === 'number' ? seconds : null
}

/** Only the node, with blanks for what is around it: so a problem's line and column are those of the file. */
function inPlace(content: string, node: Node): string {
  const before = content.slice(0, node.offset).replace(/[^\n]/g, ' ')
  return before + content.slice(node.offset, node.offset + node.length)
}
