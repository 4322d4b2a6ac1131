/** A trust policy as understood: the syntax tree that parsing yields and everything else reads. Knows nothing of JSON text or of callers. */

export type Effect = 'Allow' | 'Deny'

/** What a principal value stands for. Unique ids (AROA…, AIDA…) are what IAM leaves when the entity was deleted. */
export type PrincipalForm =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly account: string; readonly partition: string }
  | { readonly kind: 'role'; readonly account: string; readonly arn: string; readonly name: string }
  | { readonly kind: 'user'; readonly account: string; readonly arn: string; readonly name: string }
  | {
      readonly kind: 'session'
      readonly account: string
      readonly arn: string
      readonly role: string
      readonly session: string
    }
  | { readonly kind: 'federated-user'; readonly account: string; readonly arn: string; readonly name: string }
  | { readonly kind: 'unique-id'; readonly id: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'provider'; readonly protocol: 'saml' | 'oidc'; readonly id: string; readonly issuer: string }
  | { readonly kind: 'canonical-user'; readonly id: string }
  | { readonly kind: 'not-understood'; readonly why: string }

export interface PrincipalValue {
  /** The key it stands under: `AWS`, `Service`, `Federated`, `CanonicalUser`, `*` for the bare star, or what the document says. */
  readonly key: string
  /** As the document writes it. */
  readonly value: string
  readonly form: PrincipalForm
  readonly path: string
}

export interface PrincipalClause {
  readonly kind: 'Principal' | 'NotPrincipal'
  readonly values: readonly PrincipalValue[]
}

export interface ActionClause {
  readonly kind: 'Action' | 'NotAction'
  readonly patterns: readonly string[]
}

export type Relation =
  | 'equals'
  | 'equals-ignore-case'
  | 'like'
  | 'less'
  | 'less-or-equal'
  | 'greater'
  | 'greater-or-equal'
  | 'within'
  | 'null'

export type Family = 'string' | 'arn' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'null'

export interface Operator {
  /** As the document writes it. */
  readonly name: string
  /** Null: no such operator. */
  readonly base: { readonly family: Family; readonly relation: Relation; readonly negated: boolean } | null
  readonly ifExists: boolean
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | null
}

/** One operator on one key with its values. */
export interface Condition {
  readonly operator: Operator
  /** As the document writes it. */
  readonly key: string
  /** Lower case: key names are case-insensitive. */
  readonly name: string
  readonly values: readonly string[]
  /** True when policy variables in the values are replaced: version 2012-10-17 and a string or ARN operator. */
  readonly variables: boolean
  readonly path: string
  /** One spelling for all that mean the same. */
  readonly canonical: string
}

/** Something IAM would refuse and that cannot be given a meaning. */
export interface NotUnderstood {
  readonly says: string
  readonly path: string
  /** Equal for equal text, so that a fault both documents share is no difference. */
  readonly canonical: string
}

export interface Statement {
  /** From 0, as in the document. */
  readonly index: number
  readonly sid: string | null
  readonly effect: Effect
  readonly principal: PrincipalClause
  readonly action: ActionClause
  readonly conditions: readonly Condition[]
  readonly notUnderstood: readonly NotUnderstood[]
  readonly path: string
  /** Equal for statements that say the same of their principals, whoever those are. */
  readonly terms: string
  /** Equal for statements that differ only in how they are written: see `spelt`. */
  readonly canonical: string
}

export interface TrustPolicy {
  /** False: no JSON object at all; nothing is known about who gets in. */
  readonly readable: boolean
  readonly version: string | null
  readonly statements: readonly Statement[]
  /** Faults that no statement can carry: a statement without a usable Effect, say. */
  readonly notUnderstood: readonly NotUnderstood[]
}

export const ASSUME_ACTIONS = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const

/** Actions a call needs besides the one it is named after, when it passes tags, a source identity or contexts. */
export const ACCOMPANYING_ACTIONS = ['sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext'] as const

export const TRUST_ACTIONS = [...ASSUME_ACTIONS, ...ACCOMPANYING_ACTIONS] as const
