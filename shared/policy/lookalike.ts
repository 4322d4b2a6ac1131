/** What a text is that was given for a trust policy and is none, in words a person can act on. Only for whoever is told; judging knows nothing of it. */

import { type Element, find, itemsOf, type Member, membersOf, readPlaced } from './document.ts'

export type LookalikeKind =
  | 'permissions-policy'
  | 'resource-policy'
  | 'role-answer'
  | 'policy-answer'
  | 'event'
  | 'cloudformation'
  | 'terraform'
  | 'yaml'

export interface Lookalike {
  readonly kind: LookalikeKind
  /** Continues a sentence whose subject is the document: "looks like …". What to do follows. */
  readonly says: string
}

const TAKE = "A role's trust policy is its AssumeRolePolicyDocument"

const SAYS = {
  'permissions-policy': `looks like a permissions policy: its statements say on what (Resource), not who (Principal). ${TAKE}.`,
  'resource-policy': `looks like the policy of a resource, such as a bucket, a queue or a key: it says who may do what on it, not who may assume a role. ${TAKE}.`,
  'role-answer': `looks like what IAM answers about roles, with policies inside. ${TAKE}: take one role's.`,
  'policy-answer': `looks like what IAM answers about a permissions policy: what a role may do, not who may assume it. ${TAKE}, which GetRole answers.`,
  event:
    'looks like an event, which tells of a change and is no policy. To judge the change, use trustdrift replay; the policy is in requestParameters.',
  cloudformation: `looks like a CloudFormation template. ${TAKE}: take that property of the AWS::IAM::Role, with its functions (Ref, Fn::Sub) resolved.`,
  terraform:
    'looks like Terraform. What IAM gets is the JSON that assume_role_policy renders to: take it from terraform show -json, or from aws iam get-role once it is applied.',
  yaml: 'looks like YAML. IAM takes JSON only: convert it, for example with yq -o=json.',
} as const satisfies Record<LookalikeKind, string>

/** Null: it is a trust policy, a broken one, or nothing known. Never throws. */
export function lookalike(text: string): Lookalike | null {
  const document = readPlaced(text)
  const kind = document.kind === 'tree' ? kindOf(membersOf(document.root)) : kindOfText(text)
  return kind === null ? null : { kind, says: SAYS[kind] }
}

function kindOf(members: readonly Member[]): LookalikeKind | null {
  const has = (...keys: readonly string[]) => keys.some((key) => find(members, key) !== undefined)
  const statements = find(members, 'Statement')
  if (statements !== undefined) return kindOfStatements(itemsOf(statements.value).map(membersOf))
  if (has('AWSTemplateFormatVersion', 'Resources')) return 'cloudformation'
  if (has('terraform_version', 'resource_changes', 'planned_values', 'provider', 'resource')) return 'terraform'
  if (has('Roles', 'Role', 'AssumeRolePolicyDocument', 'RoleDetailList')) return 'role-answer'
  if (has('PolicyVersion', 'PolicyDocument', 'Policy')) return 'policy-answer'
  return has('Records', 'detail', 'eventName', 'Events') ? 'event' : null
}

/** A Resource alone makes no other policy: many a trust policy is written with one by mistake. */
function kindOfStatements(statements: readonly (readonly Member[])[]): LookalikeKind | null {
  const some = (...keys: readonly string[]) =>
    statements.some((members) => keys.some((key) => find(members, key) !== undefined))
  if (statements.some((members) => actionsOf(members).some((action) => /^sts:(?:AssumeRole|\*)/i.test(action))))
    return some('Principal', 'NotPrincipal') || !some('Resource', 'NotResource') ? null : 'permissions-policy'
  if (some('Principal', 'NotPrincipal')) return some('Resource', 'NotResource') ? 'resource-policy' : null
  return some('Resource', 'NotResource') ? 'permissions-policy' : null
}

function actionsOf(members: readonly Member[]): readonly string[] {
  const all: readonly Element[] = members.flatMap(({ key, value }) => (key === 'Action' ? itemsOf(value) : []))
  return all.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
}

/** Text that is no JSON: by the line that only this language begins with. */
function kindOfText(text: string): LookalikeKind | null {
  const start = text.slice(0, 20_000)
  if (/^[ \t]*(?:resource|data|module|provider|variable|locals|terraform|output)\b[^\n={:]{0,200}\{/m.test(start))
    return 'terraform'
  if (/^(?:AWSTemplateFormatVersion|Resources):/m.test(start)) return 'cloudformation'
  return /^(?:- )?["']?(?:Version|Statement|AssumeRolePolicyDocument)["']?:/m.test(start) ? 'yaml' : null
}
