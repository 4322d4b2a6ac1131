/** What every channel says in the same words: who did it, from where, with what, whether it still holds. Plain text, unescaped. */

import type { Actor, Alert, Evidence, InForce } from '../alert.ts'
import type { Request } from '../policy/request.ts'
import { SEVERITIES } from '../severity.ts'

/** CloudTrail's `userIdentity.type`, as people say it. What is not listed is shown as CloudTrail spells it. */
const ACTOR_TYPES: Readonly<Record<string, string>> = {
  IAMUser: 'IAM user',
  AssumedRole: 'role session',
  Role: 'role',
  Root: 'account root user',
  FederatedUser: 'federated user',
  SAMLUser: 'SAML user',
  WebIdentityUser: 'web identity user',
  IdentityCenterUser: 'Identity Center user',
  AWSAccount: 'principal of another account',
  AWSService: 'AWS service',
}

export function actorType(actor: Actor): string {
  return Object.hasOwn(ACTOR_TYPES, actor.type) ? (ACTOR_TYPES[actor.type] ?? actor.type) : actor.type
}

export function nobodyKnown(evidence: Evidence): string {
  return evidence.source === 'sweep'
    ? 'not known: the sweep found it, and no CloudTrail event tells of it'
    : 'not known: the event does not say'
}

/** Where from and with what. */
export function originWords(actor: Actor): string {
  const from = actor.sourceIp ?? 'no address given'
  return actor.via === null ? from : `${from}, through ${actor.via}`
}

export function mfaWords(actor: Actor): string {
  switch (actor.mfa) {
    case true:
      return 'with MFA'
    case false:
      return 'without MFA'
    case null:
      return 'MFA unknown (CloudTrail does not say)'
    default:
      return never(actor.mfa)
  }
}

/** One concrete caller that proves the change. */
export function witnessWords(witness: Request): string {
  const context = Object.entries(witness.context).map(([key, value]) => `${key} = ${valueWords(value)}`)
  const sending = context.length === 0 ? '' : ` with ${context.join(', ')}`
  return `${witness.principal.id} calling ${witness.action}${sending}`
}

function valueWords(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : `[${value.join(', ')}]`
}

/** Whether what is told still holds; null where nothing was changed that could. */
export function inForceWords(alert: Alert): string | null {
  switch (alert.kind) {
    case 'role-created':
    case 'trust-changed':
      return WRITTEN[alert.inForce]
    case 'role-deleted':
      return DELETED[alert.inForce]
    case 'trust-update-refused':
      return 'Nothing changed: IAM refused the call.'
    case 'unreadable':
      return unreadableInForce(alert)
    case 'service-failed':
    case 'service-recovered':
    case 'test':
      return null
    default:
      return never(alert.kind)
  }
}

function unreadableInForce({ role, inForce, evidence }: Alert): string {
  if (role !== null) return WRITTEN[inForce]
  if (evidence.source === 'channel') return 'Not known: if an alert is in this message, nobody has read it.'
  return evidence.eventId === null
    ? 'Not known: nothing of this event could be read, and its id neither.'
    : 'What this event changed is not known: read it in CloudTrail.'
}

const NOT_KNOWN = 'Not known: IAM was not asked, gave no answer, or lags behind. Look before you act.'

const WRITTEN = {
  'in-force': 'Yes: IAM gives this trust policy now.',
  superseded: "No: the role's trust policy is another one by now.",
  gone: 'No: the role does not exist any more.',
  unknown: NOT_KNOWN,
} as const satisfies Record<InForce, string>

const DELETED = {
  'in-force': 'Yes: the role does not exist any more.',
  superseded: 'No: a role of this name exists again.',
  gone: 'Yes: the role does not exist any more.',
  unknown: NOT_KNOWN,
} as const satisfies Record<InForce, string>

/** What an alert without a comparison must say; null where there was nothing to compare. */
export function noComparisonWords(alert: Alert): string | null {
  if (alert.comparison !== null) return null
  if (alert.kind !== 'trust-changed' && alert.kind !== 'role-created') return null
  return 'No earlier version of this trust policy is known, so who gained or lost access cannot be said. All findings are listed.'
}

/** What the restoring command does. Only a workload that lost the access it needs is a loss of severity high. */
export function restoreWords({ kind, comparison }: Alert): string {
  const readmits = kind === 'service-failed' || comparison?.lost.some(({ severity }) => severity === 'high') === true
  return readmits ? 'Lets the service assume its role again:' : 'Puts the trust policy back as it was:'
}

/** `2026-11-21 12:00:00 UTC`, or the text as it came where it is no such time. */
export function timeWords(at: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(at)
  return parts ? `${parts[1]} ${parts[2]} UTC` : at
}

/** `3 d 4 h`, `1 h 48 min`, `9 min 4 s`, `12 s`: the two largest units that say something. */
export function durationWords(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000))
  const parts = [
    { of: Math.floor(seconds / 86_400), unit: 'd' },
    { of: Math.floor(seconds / 3_600) % 24, unit: 'h' },
    { of: Math.floor(seconds / 60) % 60, unit: 'min' },
    { of: seconds % 60, unit: 's' },
  ]
  const first = parts.findIndex(({ of }) => of > 0)
  const told = parts.slice(first, first + 2).filter(({ of }) => of > 0)
  return first < 0 ? '0 s' : told.map(({ of, unit }) => `${of} ${unit}`).join(' ')
}

/** The word an alert opens with: how bad it is, or that nothing is. */
export function openingWord({ kind, severity }: Alert): string {
  if (kind === 'service-recovered') return 'RECOVERED'
  return kind === 'test' ? 'TEST' : severity.toUpperCase()
}

/** The role or service, by its ARN where that is known, and the account where that does not say it. */
export function subjectWords({ role, service, account }: Alert): string | null {
  const subject = service?.arn ?? role?.arn ?? role?.name ?? null
  if (subject === null) return account
  return account === null || subject.includes(account) ? subject : `${subject} in account ${account}`
}

/** The same in a list of many: the name, and the account. */
export function briefSubject({ role, service, account }: Alert): string {
  const name = service?.name ?? role?.name ?? 'no role known'
  return account === null ? name : `${name} in account ${account}`
}

/** What those words are of. */
export function subjectLabel({ role, service }: Alert): string {
  if (service !== null) return 'SERVICE'
  return role === null ? 'ACCOUNT' : 'ROLE'
}

/** `1 critical, 3 high`. */
export function severitiesWords(alerts: readonly Alert[]): string {
  const tally = [...SEVERITIES].reverse().map((severity) => {
    const number = alerts.filter((alert) => alert.severity === severity).length
    return number === 0 ? null : `${number} ${severity}`
  })
  return tally.filter((part) => part !== null).join(', ')
}

/** `1 event`, `2 events`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function never(value: never): never {
  throw new Error(`Unknown case: ${String(value)}`)
}
