/** Whose resources a service may use the role for, by what the policy accepts as aws:SourceArn and aws:SourceAccount. */

import { arnFields, isAccountId } from './arn.ts'
import type { Admission } from './comparison.ts'
import type { RoleContext } from './context.ts'
import { ownAccount, trustOf } from './exposure.ts'
import { letsIn, valuesOf, withKeys } from './guard.ts'
import type { Statement, TrustPolicy } from './policy.ts'
import { fill } from './sample.ts'

/** Not of the house: any account, one by its id, or whoever owns a resource whose ARN has no account. */
export type LooseSource =
  | { readonly kind: 'any' }
  | { readonly kind: 'foreign'; readonly account: string }
  | { readonly kind: 'unowned'; readonly arn: string }

interface Given {
  readonly policy: TrustPolicy
  readonly about: RoleContext
}

/** Null: none that a condition of the statement lets through, or nobody knows which account is the own. */
export function looseSource(
  { policy, about }: Given,
  { admission, statement }: { readonly admission: Admission; readonly statement: Statement },
): LooseSource | null {
  if (ownAccount(about) === null) return null
  const arns = valuesOf(statement, 'aws:sourcearn')
  const accounts = valuesOf(statement, 'aws:sourceaccount')
  const candidates = [
    ...arns.flatMap((arn) => fromArn(arn, about)),
    ...accounts.flatMap((id) => fromAccount(id, about)),
  ]
  const found = candidates.find(({ arn, account }) =>
    letsIn(policy, withKeys(admission.witness, { 'aws:SourceArn': arn, 'aws:SourceAccount': account })),
  )
  return found?.source ?? null
}

interface Candidate {
  readonly source: LooseSource
  readonly arn: string
  readonly account: string
}

const STRANGER = '999988887777'
const OTHER_STRANGER = '888877776666'

function strangerTo(about: RoleContext): string {
  return ownAccount(about) === STRANGER ? OTHER_STRANGER : STRANGER
}

function fromArn(pattern: string, about: RoleContext): readonly Candidate[] {
  const stranger = strangerTo(about)
  const fields = arnFields(pattern)
  if (fields === null) {
    const [arn = pattern] = fill(pattern)
    return [{ source: { kind: 'any' }, arn, account: stranger }]
  }
  const account = fields[4] ?? ''
  if (isAccountId(account)) return isOurs(account, about) ? [] : [named(account, concrete(fields, account))]
  if (account === '')
    return [{ source: { kind: 'unowned', arn: pattern }, arn: concrete(fields, ''), account: stranger }]
  return [{ source: { kind: 'any' }, arn: concrete(fields, stranger), account: stranger }]
}

function fromAccount(id: string, about: RoleContext): readonly Candidate[] {
  const stranger = strangerTo(about)
  const arn = (account: string) => `arn:aws:example:us-east-1:${account}:example`
  if (isAccountId(id)) return isOurs(id, about) ? [] : [named(id, arn(id))]
  return [{ source: { kind: 'any' }, arn: arn(stranger), account: stranger }]
}

function named(account: string, arn: string): Candidate {
  return { source: { kind: 'foreign', account }, arn, account }
}

function concrete(fields: readonly string[], account: string): string {
  return fields.map((field, place) => (place === 4 ? account : (fill(field)[0] ?? field))).join(':')
}

function isOurs(account: string, about: RoleContext): boolean {
  const isOfTheHouse = account === ownAccount(about) || about.organization?.accounts.includes(account) === true
  return isOfTheHouse || trustOf(account, about) !== null
}
