/** The result of comparing two trust policies: who gained, who lost. */

import type { Severity } from '../severity.ts'
import type { Request } from './request.ts'

export type Verdict = 'equivalent' | 'widened' | 'narrowed' | 'both' | 'undecided'

/** JSON shape of the package API, `trustdrift diff` and the topic. */
export interface Comparison {
  readonly verdict: Verdict
  readonly gained: readonly Change[]
  readonly lost: readonly Change[]
  readonly undecided: readonly Undecided[]
}

/** What is open may be a further gain or loss: then only "both" is certain. */
export function verdictOf({ gained, lost, undecided }: Omit<Comparison, 'verdict'>): Verdict {
  if (gained.length > 0 && lost.length > 0) return 'both'
  if (undecided.length > 0) return 'undecided'
  if (gained.length > 0) return 'widened'
  return lost.length > 0 ? 'narrowed' : 'equivalent'
}

export interface Change {
  /** Who, in words, with the conditions that still stand: "any principal of account 111122223333 that sends ExternalId x". */
  readonly says: string
  readonly severity: Severity
  /** A concrete caller, confirmed by the evaluator on both documents. */
  readonly witness: Request
}

export interface Undecided {
  readonly says: string
  /** JSON pointer into the document it speaks of. */
  readonly path: string
}

/** Who is admitted, as the severity table divides the world. */
export type WhoKind =
  | 'anyone' // any AWS principal whatever its account
  | 'stranger-through-provider' // anyone a shared identity provider vouches for
  | 'provider-group' // a whole CI organisation or group
  | 'provider-subject' // one repository, service account, user pool … or a provider of one's own
  | 'foreign-account'
  | 'trusted-account'
  | 'organization' // an account of the organisation, or all of them
  | 'own-account'
  | 'compute-service'
  | 'service'
  | 'nobody' // a deleted principal

/** A Change with what rules and the judge need to know beyond its words. Never leaves the process. */
export interface Admission extends Change {
  readonly who: {
    readonly kind: WhoKind
    /** The account admitted, where it is one. */
    readonly account: string | null
    /** What stands in a stranger's way: nothing he could not supply, something guessable (an ExternalId, an address range), or something real. */
    readonly restraint: 'none' | 'weak' | 'effective'
  }
  /** The principal as the document writes it. */
  readonly principal: string
  /** True when the document names this very user, role or session rather than its account. */
  readonly named: boolean
  /** Index of the Allow statement. */
  readonly statement: number
  /** What tells two findings of one rule on one principal apart: the conditions in a canonical spelling; '' for none. */
  readonly fingerprint: string
  /** Somebody who could assume the role already and may now also pass something with it (session tags, say); `says` holds the verb. */
  readonly accompanying?: boolean
  /** Why it is not certain that somebody gets in, where it is not. */
  readonly doubt?: string
}

/** A Comparison before it is cut to its public shape. */
export interface DetailedComparison extends Comparison {
  readonly gained: readonly Admission[]
  readonly lost: readonly Admission[]
}
