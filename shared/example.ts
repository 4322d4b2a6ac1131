/** Builders for the documents of examples. Knows no rule. */

import type { Example, Json } from './rules/rule.ts'
import type { Severity } from './severity.ts'

const OWN = { account: '111122223333' }

/** Behind a mark of purity: what a function holds and nobody calls is dropped from bundles, what calls build is not. */
export function listed(examples: () => readonly Example[]): readonly Example[] {
  return examples()
}

export function trust(...statements: readonly Json[]): Json {
  return { Version: '2012-10-17', Statement: statements }
}

export function allow(principal: Json, condition: Json = null, action: Json = 'sts:AssumeRole'): Json {
  return statement('Allow', { principal, condition, action })
}

export function deny(principal: Json, condition: Json = null, action: Json = 'sts:AssumeRole'): Json {
  return statement('Deny', { principal, condition, action })
}

function statement(effect: string, { principal, condition, action }: Readonly<Record<string, Json>>): Json {
  return {
    Effect: effect,
    Principal: principal ?? null,
    Action: action ?? null,
    ...(condition === null || condition === undefined ? {} : { Condition: condition }),
  }
}

type Circumstances = Pick<Example, 'about' | 'change'> & { readonly fixed?: Json }

export function fires(severity: Severity, name: string, policy: Json, at: Circumstances = {}): Example {
  return { name, policy, about: OWN, fixed: null, ...at, fires: severity }
}

export function silent(name: string, because: string, policy: Json, at: Circumstances = {}): Example {
  const { about = OWN, change } = at
  return { name, policy, about, ...(change && { change }), silent: true, because }
}
