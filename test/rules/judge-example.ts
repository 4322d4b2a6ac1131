/** An example of a rule, judged the way the pipeline judges an event. */

import type { Actor } from '../../shared/alert.ts'
import { judgePolicy } from '../../shared/check.ts'
import type { Finding } from '../../shared/finding.ts'
import { compareTrusts } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import type { Drift, Example, Json } from '../../shared/rules/rule.ts'

export function judgeExample(example: Example): readonly Finding[] {
  const { about = {} } = example
  const role = about.roleArn?.split('/').at(-1) ?? ''
  return judgePolicy({
    policy: parsed(example.policy),
    about,
    account: about.account ?? '',
    role,
    drift: driftOf(example),
  })
}

function driftOf({ policy, about = {}, change }: Example): Drift | null {
  if (change === undefined) return null
  const actor = actorOf(change.actor)
  if (change.before === null)
    return { gained: compareTrusts(null, parsed(policy), about).gained, actor, write: 'created' }
  const before = parsed(change.before)
  return { gained: compareTrusts(before, parsed(policy), about).gained, before, actor, write: 'updated' }
}

function parsed(document: Json) {
  return parseTrust(JSON.stringify(document)).policy
}

function actorOf(arn: string): Actor {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  return { type: 'IAMUser', name, arn, via: null, sourceIp: null, userAgent: null, mfa: null }
}
