/** What IAM refused, and what could not be read or judged → Alert. Pure. */

import type { Alert } from './alert.ts'
import { alertId } from './alert-id.ts'
import { digest } from './finding.ts'
import type { Role } from './identity.ts'
import { parseTrust } from './policy/parse.ts'
import type { Problem } from './policy/problem.ts'
import type { Origin, TrustUpdateRefused, Unreadable } from './signal.ts'

/** IAM's own explanation is quoted up to this length. */
const MOST_OF_A_MESSAGE = 1000

/** A refused call changed nothing; it tells what somebody tried. Always low. */
export function judgeRefusal(signal: TrustUpdateRefused): Alert {
  const { origin, role } = signal
  const name = role ? `role ${role.name}` : 'a role that the event does not name'
  const tried = signal.attempted === 'create' ? `Creating ${name}` : `Changing the trust policy of ${name}`
  return {
    ...nothingJudged,
    id: alertId(role ?? { account: origin.account, name: '' }, origin.eventId ?? '', signal.errorCode),
    kind: 'trust-update-refused',
    severity: 'low',
    headline: `${tried} was refused: ${reason(signal)}`,
    at: origin.at,
    account: origin.account,
    role: role && { name: role.name, arn: role.arn },
    actor: origin.actor,
    findings: [explanation(signal)],
    evidence: { eventId: origin.eventId, eventName: origin.eventName, region: origin.region, source: origin.source },
  }
}

/** An event that should have been understood and was not: someone has to look. Always high. */
export function judgeUnreadable(signal: Unreadable, readAt: string): Alert {
  const { account, role, eventId, eventName, region } = signal
  return {
    ...nothingJudged,
    id: alertId(role ?? { account: (account ?? '') as never, name: '' }, eventId ?? signal.hash, ''),
    kind: 'unreadable',
    severity: 'high',
    headline: `${eventName ?? 'An event'}${role ? ` on role ${role.name}` : ''} could not be read: ${signal.why}`,
    at: signal.at ?? readAt,
    account,
    role: role && { name: role.name, arn: role.arn },
    actor: signal.actor,
    findings: [],
    evidence: { eventId, eventName, region, source: 'cloudtrail' },
  }
}

export type Judgement =
  | { readonly kind: 'judged'; readonly alert: Alert | null }
  /** Judging failed: the alert says so. */
  | { readonly kind: 'not-judged'; readonly alert: Alert }

/**
 * What judging throws is told as an alert: the same event would throw again at every delivery, and hold up all behind it.
 * Only for judging: what the world's ports throw must reach the queue, which delivers again.
 */
export function judgedOrUnreadable(
  of: { readonly origin: Origin; readonly role: Role | null },
  judge: () => Alert | null,
): Judgement {
  try {
    return { kind: 'judged', alert: judge() }
  } catch (error) {
    return { kind: 'not-judged', alert: couldNotBeJudged(of.origin, of.role, error) }
  }
}

/** The error's message may quote the event; its name does not. */
function couldNotBeJudged(origin: Origin, role: Role | null, error: unknown): Alert {
  const { account, at, actor, eventId, eventName, region, source } = origin
  const name = error instanceof Error && /^\w{1,40}$/.test(error.name) ? ` (${error.name})` : ''
  return {
    ...nothingJudged,
    id: alertId(role ?? { account, name: '' }, eventId ?? at, 'not judged'),
    kind: 'unreadable',
    severity: 'high',
    headline: `${eventName ?? 'A change'}${role ? ` on role ${role.name}` : ''} could not be judged: a fault in Trustdrift${name}`,
    at,
    account,
    role: role && { name: role.name, arn: role.arn },
    actor,
    findings: [],
    evidence: { eventId, eventName, region, source },
  }
}

const nothingJudged = {
  version: 1,
  truncated: false,
  service: null,
  comparison: null,
  oldFindings: 0,
  inForce: 'unknown',
  usedBy: [],
  cause: null,
  restore: null,
} as const satisfies Partial<Alert>

function reason(signal: TrustUpdateRefused): string {
  switch (signal.errorCode) {
    case 'AccessDenied':
      return 'the caller may not do that'
    case 'LimitExceeded':
      return 'the policy or the account is over a quota'
    case 'MalformedPolicyDocument':
      return 'IAM does not accept the policy'
    default:
      return signal.errorCode
  }
}

function explanation(signal: TrustUpdateRefused): Alert['findings'][number] {
  const { role, origin, errorCode } = signal
  const problems = signal.document === null ? [] : parseTrust(signal.document).problems
  return {
    id: digest('refusal', origin.account, role?.name ?? '', errorCode, origin.eventId ?? ''),
    rule: 'trust-update-refused',
    severity: 'low',
    title: `IAM refused the call: ${errorCode}`,
    says: [`IAM answered: ${clipped(signal.errorMessage)}`, ...problems.slice(0, 5).map(problemWords)].join(' '),
    why: whyItMatters(errorCode),
    statement: null,
    principal: null,
    fix: null,
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html',
  }
}

function problemWords(problem: Problem): string {
  return `At line ${problem.line}, column ${problem.column}: ${problem.message}`
}

function whyItMatters(errorCode: string): string {
  if (errorCode === 'AccessDenied')
    return 'Nothing changed. Somebody tried to change who may assume a role without being allowed to.'
  return 'Nothing changed: the policy in force is the one from before. Whoever sent this may believe otherwise.'
}

function clipped(text: string): string {
  return text.length <= MOST_OF_A_MESSAGE ? text : `${text.slice(0, MOST_OF_A_MESSAGE - 1)}…`
}
