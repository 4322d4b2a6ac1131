/** The same policy in other words: what people and tools do to a document without meaning anything by it. */

import { list, type Told } from '../test/policy/slow-evaluator.ts'

/** Split by principal and by action, in the other order, one statement twice, spelt otherwise. */
export function split(policy: readonly Told[]): readonly unknown[] {
  const statements = policy.flatMap((statement) =>
    principalsOf(statement).flatMap((principal) =>
      actionsOf(statement).map((action) => ({ ...statement, ...principal, ...action })),
    ),
  )
  return [...statements, ...statements.slice(0, 1)].reverse().map((statement, i) => spelt(statement, `Part${i}`))
}

function principalsOf({ Principal }: Told): readonly Pick<Told, 'Principal'>[] {
  if (Principal === undefined) return [{}]
  return Object.entries(Principal).flatMap(([type, ids]) =>
    list(ids).map((id) => ({ Principal: { [type]: type === 'AWS' ? otherAccount(id) : id } })),
  )
}

/** A deny of "everything but" is no deny of each. */
function actionsOf({ Action }: Told): readonly Pick<Told, 'Action'>[] {
  return Action === undefined ? [{}] : list(Action).map((action) => ({ Action: action.toUpperCase() }))
}

function otherAccount(id: string): string {
  const root = /^arn:aws:iam::(\d{12}):root$/.exec(id)?.[1]
  return root ?? (/^\d{12}$/.test(id) ? `arn:aws:iam::${id}:root` : id)
}

function spelt(statement: Told, sid: string): unknown {
  const conditions = Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [
    operator,
    Object.fromEntries(
      Object.entries(keys)
        .reverse()
        .map(([key, values]) => [key.toUpperCase(), [...list(values), ...list(values)].reverse()]),
    ),
  ])
  return {
    Sid: sid,
    ...statement,
    ...(conditions.length === 0 ? {} : { Condition: Object.fromEntries(conditions.reverse()) }),
  }
}

/** Statements that differ in nothing but their principals made one. */
export function merged(policy: readonly Told[]): readonly unknown[] {
  const groups = new Map<string, { statement: Told; principals: Record<string, string[]> }>()
  const others: Told[] = []
  for (const statement of policy) {
    if (statement.Principal === undefined) {
      others.push(statement)
      continue
    }
    const name = JSON.stringify({ ...statement, Principal: null })
    const group = groups.get(name) ?? { statement, principals: {} }
    groups.set(name, group)
    for (const [type, ids] of Object.entries(statement.Principal))
      group.principals[type] = [...list(ids), ...(group.principals[type] ?? [])]
  }
  return [
    ...others,
    ...[...groups.values()].map(({ statement, principals }) => ({ ...statement, Principal: principals })),
  ]
}
