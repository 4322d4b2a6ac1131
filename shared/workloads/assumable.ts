/** Can a service assume a role with this trust policy? By evaluation, conditions and Deny counted. Pure; reads nothing. */

import { callOf } from '../policy/call.ts'
import { decide } from '../policy/evaluate.ts'
import type { TrustPolicy } from '../policy/policy.ts'
import { readTrust } from '../policy/read.ts'
import type { Request } from '../policy/request.ts'
import type { Truth } from '../policy/truth.ts'

/** What is known of the call that the service would make. */
export interface Circumstances {
  readonly account?: string | null
  /** The service for which the role would be assumed. */
  readonly service?: string | null
  readonly region?: string | null
  /** ISO 8601. */
  readonly at?: string | null
}

export function assumable(policy: TrustPolicy, principal: string, about: Circumstances = {}): Truth {
  const answers = requests(principal, about).map((request) => truthOf(policy, request))
  const [first = 'undecided'] = answers
  if (!answers.every((answer) => answer === first)) return 'undecided'
  return first === 'no' && asksForUnknown(policy, about) ? 'undecided' : first
}

/** A condition on the calling service, where who calls is not known: with it the answer might be another. */
function asksForUnknown(policy: TrustPolicy, about: Circumstances): boolean {
  const unknown = [...(about.account ? [] : ['aws:sourceaccount']), ...(about.service ? [] : ['aws:sourcearn'])]
  return policy.statements.some(({ conditions }) => conditions.some(({ name }) => unknown.includes(name)))
}

/** The same for a document as text. One that trips the parser up is undecided: judging it says so aloud elsewhere. */
export function documentAssumable(document: string, principal: string, about: Circumstances = {}): Truth {
  try {
    return assumable(readTrust(document).policy, principal, about)
  } catch {
    return 'undecided'
  }
}

/** The calls that may be made: App Runner does not document whether it sends aws:SourceAccount and aws:SourceArn. */
export function requests(principal: string, about: Circumstances): readonly Request[] {
  const known = {
    ...(about.region ? { 'aws:RequestedRegion': about.region } : {}),
    ...(about.at ? { 'aws:CurrentTime': about.at, 'aws:EpochTime': String(Date.parse(about.at) / 1000) } : {}),
  }
  const source = {
    ...(about.account ? { 'aws:SourceAccount': about.account } : {}),
    ...(about.service ? { 'aws:SourceArn': about.service } : {}),
  }
  const request = (context: Request['context']): Request => ({
    principal: { type: 'Service', id: principal },
    action: 'sts:AssumeRole',
    context,
  })
  return [request(known), request({ ...known, ...source })]
}

function truthOf(policy: TrustPolicy, request: Request): Truth {
  switch (decide(policy, callOf(request))) {
    case 'allow':
      return 'yes'
    case 'explicit-deny':
    case 'implicit-deny':
      return 'no'
    default:
      return 'undecided'
  }
}
