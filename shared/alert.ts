/** What one signal makes people read. The wire shape of the topic, of `replay --format json` and of every renderer's input. */

import type { Finding } from './finding.ts'
import type { Comparison } from './policy/comparison.ts'
import type { Severity } from './severity.ts'

export type AlertKind =
  | 'role-created'
  | 'trust-changed'
  | 'role-deleted'
  | 'trust-update-refused'
  | 'service-failed'
  | 'service-recovered'
  | 'unreadable'
  | 'test'

/** Is the document that was judged still what IAM enforces? */
export type InForce = 'in-force' | 'superseded' | 'gone' | 'unknown'

export interface Actor {
  /** CloudTrail's `userIdentity.type`. */
  readonly type: string
  /** The name a colleague would use: user name, session name, e-mail, service. */
  readonly name: string
  readonly arn: string | null
  /** The tool or service acting for the actor, where it shows: `CloudFormation`, `Terraform`, `AWS console` … A hint, not proof. */
  readonly via: string | null
  readonly sourceIp: string | null
  readonly userAgent: string | null
  /** Null: CloudTrail does not say. */
  readonly mfa: boolean | null
}

export interface Evidence {
  readonly eventId: string | null
  readonly eventName: string | null
  readonly region: string | null
  /** `cloudtrail`, `sweep` or `test`. */
  readonly source: string
}

export interface Alert {
  readonly version: 1
  readonly id: string
  /** True when findings or words were left out to make it fit (shared/fit.ts). */
  readonly truncated: boolean
  readonly kind: AlertKind
  readonly severity: Severity
  /** One plain sentence. */
  readonly headline: string
  /** ISO 8601, UTC: when it happened, not when it was noticed. */
  readonly at: string
  readonly account: string | null
  readonly role: { readonly name: string; readonly arn: string | null } | null
  readonly service: { readonly name: string; readonly arn: string; readonly region: string } | null
  readonly actor: Actor | null
  /** Null: no earlier version is known. */
  readonly comparison: Comparison | null
  /** Those that are new. */
  readonly findings: readonly Finding[]
  /** How many the version before had too. */
  readonly oldFindings: number
  /** How many new ones an exception of the configuration has left out of `findings`; absent: none. */
  readonly exceptedFindings?: number
  readonly inForce: InForce
  readonly usedBy: readonly {
    readonly service: string
    readonly arn: string
    readonly region: string
    readonly as: string
  }[]
  readonly cause: {
    readonly verdict: 'trust' | 'not-trust' | 'unknown'
    readonly role: string | null
    readonly as: string | null
    readonly missing: string | null
    readonly changedBy: {
      readonly eventId: string
      readonly at: string
      readonly actor: string
      readonly minutesBefore: number
    } | null
  } | null
  readonly restore: { readonly command: string } | null
  readonly evidence: Evidence
}
