/** What is known about the role whose trust policy is judged. Pure data; who reads it from where is not known here. */

/** An account the user trusts, with the reason why. */
export interface TrustedAccount {
  readonly id: string
  readonly label: string
  readonly reason: string
  /** ISO 8601 date or time; from then on the entry no longer counts. Whoever builds a RoleContext drops expired entries. */
  readonly expires?: string
  /** Role names the trust is limited to; absent: every role. `*` and `?` as in IAM. */
  readonly roles?: readonly string[]
}

export interface RoleContext {
  readonly roleArn?: string
  /** The role's own account. Without it every account principal counts as foreign. */
  readonly account?: string
  /** The longest session of the role in seconds, as GetRole tells; absent: not known. */
  readonly maxSessionSeconds?: number
  /** ISO 8601: callers come from then on, so that nobody gets in by a date that has passed. Absent: at any time. */
  readonly now?: string
  readonly organization?: { readonly id: string; readonly accounts: readonly string[] }
  readonly trustedAccounts?: readonly TrustedAccount[]
  /** Names for accounts: labels, never permission. */
  readonly vendors?: readonly { readonly id: string; readonly label: string }[]
  /** Accounts by the environment they belong to. */
  readonly environments?: Readonly<Record<string, readonly string[]>>
  /** Characters without white space that the role's account allows a trust policy; absent: IAM's default; null: not checked. */
  readonly quota?: number | null
  /** The workload that depends on the role, e.g. `apprunner-access`. */
  readonly workload?: string
}
