/** A caller asking to assume a role, and the answer. */

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'

/** JSON shape of the package API, of witnesses and of `trustdrift can`. */
export interface Request {
  /**
   * AWS: an account id, or a user, role (`arn:…:iam::…:role/…`), assumed-role session (`arn:…:sts::…:assumed-role/R/S`),
   * federated-user or root ARN. Service: its name. Federated: the provider's ARN or name.
   */
  readonly principal: { readonly type: PrincipalType; readonly id: string }
  /** e.g. `sts:AssumeRole`. */
  readonly action: string
  /**
   * Condition keys as in IAM (`sts:ExternalId`), case-insensitive; a list of one is the single value. What follows from
   * the principal itself (aws:PrincipalArn, aws:PrincipalAccount …) need not be given.
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

/** JSON shape of `evaluateTrust` and `trustdrift can`. */
export interface Evaluation {
  readonly decision: 'allow' | 'explicit-deny' | 'implicit-deny' | 'undecided'
  /** What the caller's own side must still allow; null where the trust policy does not allow. */
  readonly caller: 'nothing-more' | 'needs-identity-policy' | null
  /** First obstacle first, in words people use. */
  readonly because: readonly string[]
}
