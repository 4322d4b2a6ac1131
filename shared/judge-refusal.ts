/** What IAM refused → Alert. Pure. */

import type { Alert } from './alert.ts'
import { alertId } from './alert-id.ts'
import { digest } from './finding.ts'
import { nothingJudged } from './judge-unreadable.ts'
import type { Fault } from './policy/fault.ts'
import { readTrust } from './policy/read.ts'
import type { TrustUpdateRefused } from './signal.ts'

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
  const faults = signal.document === null ? [] : readTrust(signal.document).faults
  return {
    id: digest('refusal', origin.account, role?.name ?? '', errorCode, origin.eventId ?? ''),
    rule: 'trust-update-refused',
    severity: 'low',
    title: `IAM refused the call: ${errorCode}`,
    says: [`IAM answered: ${clipped(signal.errorMessage)}`, ...faults.slice(0, 5).map(faultWords)].join(' '),
    why: whyItMatters(errorCode),
    statement: null,
    principal: null,
    fix: null,
    reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html',
  }
}

/** IAM says why in its own words; this says where. */
function faultWords({ code, path }: Fault): string {
  return `In the document: ${code} at ${path === '' ? 'the top' : path}.`
}

function whyItMatters(errorCode: string): string {
  if (errorCode === 'AccessDenied')
    return 'Nothing changed. Somebody tried to change who may assume a role without being allowed to.'
  return 'Nothing changed: the policy in force is the one from before. Whoever sent this may believe otherwise.'
}

function clipped(text: string): string {
  return text.length <= MOST_OF_A_MESSAGE ? text : `${text.slice(0, MOST_OF_A_MESSAGE - 1)}…`
}
