/** A Problem: what IAM would refuse a document for. */

/** JSON shape of the package API and of `trustdrift check`. */
export interface Problem {
  /** Stable, kebab-case, ours. */
  readonly code: string
  /** What is wrong, why it matters, what to do. */
  readonly message: string
  /** IAM's own wording, where it is known. */
  readonly awsMessage: string | null
  /** True when that wording was seen on the trust-policy path (CreateRole, UpdateAssumeRolePolicy). */
  readonly verified: boolean
  /** JSON pointer (RFC 6901); '' is the whole document. */
  readonly path: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}
