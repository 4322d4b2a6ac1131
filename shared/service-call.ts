/**
 * CloudTrail's record of a call to App Runner that failed because a role could not be assumed → a signal. App Runner raises no
 * event of its own for it. Reads of the request only who uses which role: environment variables and commands stay behind.
 */

import * as v from 'valibot'
import { actorOf } from './actor.ts'
import { type CloudTrailRecord, eventTime, identityAccount, recordId } from './cloudtrail-record.ts'
import { type Envelope, shortName } from './delivery.ts'
import { type AccountId, accountId, roleArn, roleNameOf, type ServiceArn, serviceArn } from './identity.ts'
import { nameOf, regionOf } from './service-event.ts'
import type { RoleUse, Service } from './service-signal.ts'
import type { Irrelevant, Reading, Unread } from './signal.ts'
import { anything, fieldsOf, text } from './wire.ts'
import { WORKLOADS, type WorkloadId } from './workloads/table.ts'

/**
 * Those that put a service to work with its roles, so that App Runner has to assume them, and that are refused at once where it
 * cannot. Seen of the first two; of the others a role is blamed by their message or nothing is told. Pausing and deleting need none.
 */
export const REFUSED_CALLS = ['CreateService', 'UpdateService', 'StartDeployment', 'ResumeService'] as const

/** CloudTrail spells parameters with a small letter first; App Runner's API with a capital. */
const parametersWire = v.object({ serviceName: text, ServiceName: text, serviceArn: anything, ServiceArn: anything })

export function readServiceCall(record: CloudTrailRecord, envelope: Envelope): Reading {
  if (envelope.source !== null && envelope.source !== 'aws.apprunner') return irrelevant('an event of another source')
  if (record.eventName === null) return unreadable(record, envelope, 'a call to App Runner has no eventName')
  const call = REFUSED_CALLS.find((name) => name === record.eventName)
  if (call === undefined) return irrelevant(`another call to App Runner: ${shortName(record.eventName) ?? 'unnamed'}`)
  const code = errorCodeOf(record)
  if (code === 'none') return irrelevant(`${call} was accepted: App Runner's own events tell what becomes of it`)
  if (code === null) return unreadable(record, envelope, 'whether a call to App Runner succeeded is not known')
  if (!blamesRole(record.errorMessage)) return irrelevant(`${call} failed with ${code}, for no role's sake`)
  const account = accountId(record.recipientAccountId) ?? envelope.account ?? identityAccount(record)
  const at = eventTime(record.eventTime) ?? envelope.at
  const id = recordId(record)
  if (account === null || at === null || id === null)
    return unreadable(record, envelope, `${WHY}, and it names no account or time`)
  const service = serviceOf(record, account, shortName(record.awsRegion) ?? shortName(envelope.region))
  if (service === null) return unreadable(record, envelope, `${WHY}, and it names no service`)
  const evidence = { eventId: id, eventName: call, region: service.region, source: 'cloudtrail' }
  const origin = { at, eventId: id, evidence, actor: actorOf(record) }
  const errorMessage = record.errorMessage?.slice(0, 1_024) ?? ''
  return { kind: 'service-call-failed', service, origin, call, errorCode: code, errorMessage, uses: usesOf(record) }
}

const WHY = 'a call to App Runner failed on a role'

/** `none` for a call that succeeded; null where that cannot be told. */
function errorCodeOf({ errorCode, errorMessage }: CloudTrailRecord): string | null {
  if (errorCode === undefined || errorCode === null || errorCode === '') return errorMessage === null ? 'none' : null
  return shortName(typeof errorCode === 'string' ? errorCode : null)
}

/** "Error in assuming access role arn:…", "Error in assuming instance role arn:…" (seen through Pulumi and Terraform). */
function blamesRole(message: string | null): boolean {
  return message !== null && /\bassum(e|ing)\b/i.test(message) && /\brole\b/i.test(message)
}

function serviceOf(record: CloudTrailRecord, account: AccountId, region: string | null): Service | null {
  const parameters = fieldsOf(parametersWire, record.requestParameters)
  const arn = serviceArn(parameters?.serviceArn ?? parameters?.ServiceArn)
  if (arn !== null) return byArn(arn, account)
  const name = parameters?.serviceName ?? parameters?.ServiceName ?? null
  if (name === null || region === null || !/^[\w-]{1,64}$/.test(name)) return null
  return { account, region, name, arn: null }
}

function byArn(arn: ServiceArn, account: AccountId): Service {
  return { account, region: regionOf(arn), name: nameOf(arn), arn }
}

/** The message names the one role that failed; the request may name both. */
function usesOf(record: CloudTrailRecord): readonly RoleUse[] {
  const requested = WORKLOADS.flatMap(({ id, field }) => useOf(id, under(record.requestParameters, field)))
  const blamed = /assum(?:e|ing) (access|instance) role:? (arn:\S{1,700})/i.exec(record.errorMessage ?? '')
  const as = blamed?.[1]?.toLowerCase() === 'access' ? 'apprunner-access' : 'apprunner-instance'
  const named = blamed === null ? [] : useOf(as, blamed[2]?.replace(/[.,;'")]+$/, ''))
  return [...named, ...requested.filter((use) => named.every((other) => other.as !== use.as))]
}

export function useOf(as: WorkloadId, value: unknown): readonly RoleUse[] {
  const arn = roleArn(value)
  const account = accountId(arn?.split(':')[4])
  return arn === null || account === null ? [] : [{ as, role: { account, name: roleNameOf(arn), arn } }]
}

/** The value under a path of keys, each spelt with a capital or without. */
export function under(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined
    return Reflect.get(inner, `${key.charAt(0).toLowerCase()}${key.slice(1)}`) ?? Reflect.get(inner, key)
  }, value)
}

function unreadable(record: CloudTrailRecord, envelope: Envelope, why: string): Unread {
  return {
    kind: 'unreadable',
    why,
    at: eventTime(record.eventTime) ?? envelope.at,
    account: accountId(record.recipientAccountId) ?? envelope.account,
    role: null,
    eventId: recordId(record),
    eventName: shortName(record.eventName),
    region: shortName(record.awsRegion),
    actor: actorOf(record),
  }
}

function irrelevant(why: string): Irrelevant {
  return { kind: 'irrelevant', why }
}
