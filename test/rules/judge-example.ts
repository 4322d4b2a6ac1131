/** An example of a rule, judged the way the pipeline judges an event. */

import type { Actor } from '../../shared/alert.ts'
import { type Case, judgePolicy } from '../../shared/check.ts'
import type { Finding } from '../../shared/finding.ts'
import { compareTrusts } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import type { Drift, Example, Json } from '../../shared/rules/rule.ts'

export function judgeExample(example: Example): readonly Finding[] {
  return judgePolicy(caseOf(example))
}

export function caseOf(example: Example): Case {
  const { about = {}, policy } = example
  const role = about.roleArn?.split('/').at(-1) ?? ''
  return { policy: parsed(policy), about, account: about.account ?? '', role, drift: driftOf(example) }
}

function driftOf({ policy, about = {}, change }: Example): Drift | null {
  if (change === undefined) return null
  const actor = actorOf(change)
  if (change.before === null)
    return { gained: compareTrusts(null, parsed(policy), about).gained, actor, write: 'created' }
  const before = parsed(change.before)
  return { gained: compareTrusts(before, parsed(policy), about).gained, before, actor, write: 'updated' }
}

function parsed(document: Json) {
  return parseTrust(JSON.stringify(document)).policy
}

function actorOf({ actor: arn, console }: NonNullable<Example['change']>): Actor {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const type = arn.endsWith(':root') ? 'Root' : 'IAMUser'
  const signIn = console === undefined ? { via: null, mfa: null } : { via: 'AWS console', mfa: console.mfa }
  return { type, name, arn, ...signIn, sourceIp: null, userAgent: null }
}
