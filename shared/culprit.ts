/**
 * Which change shut a service out of a role: decided by evaluating every version of the trust, never by which change came last.
 * Pure; where the versions come from is not known here.
 */

import { IAM_LAG_MS } from './lineage.ts'
import type { Truth } from './policy/truth.ts'
import type { Version } from './ports.ts'

export type Search =
  /** `culprit` shut the service out; `before` still let it in. */
  | { readonly kind: 'found'; readonly culprit: Version; readonly before: Version }
  /** As far back as is known the service was shut out already; `last` is the oldest version known, null where none is. */
  | { readonly kind: 'open'; readonly last: Version | null }
  /** It never could, or what it could before cannot be decided. */
  | { readonly kind: 'none' }

/**
 * @param versions newest first, none later than the failure
 * @param can whether the service could assume the role with this document; a role that does not exist nobody can
 */
export function searchCulprit(versions: readonly Version[], can: (document: string) => Truth): Search {
  let culprit: Version | null = null
  for (const { version, truth } of judged(withoutStale(versions), can)) {
    if (truth === 'no') culprit = version
    else if (truth === 'undecided' || culprit === null) return { kind: 'none' }
    else return { kind: 'found', culprit, before: version }
  }
  return culprit?.change === 'created' ? { kind: 'none' } : { kind: 'open', last: culprit }
}

interface Judged {
  readonly version: Version
  readonly truth: Truth
}

const SHUT_FIRST = ['no', 'undecided', 'yes'] as const satisfies readonly Truth[]

/** CloudTrail's time has whole seconds. Of one second's versions, those that shut out count as the later ones: they hold afterwards. */
function judged(versions: readonly Version[], can: (document: string) => Truth): readonly Judged[] {
  const all = versions.map((version) => ({
    version,
    truth: version.document === null ? 'no' : can(version.document),
  })) satisfies readonly Judged[]
  return all.sort((a, b) => {
    if (a.version.at !== b.version.at) return a.version.at < b.version.at ? 1 : -1
    return SHUT_FIRST.indexOf(a.truth) - SHUT_FIRST.indexOf(b.truth)
  })
}

/** What the sweep read less than a minute after an event may be what was in force before it. */
function withoutStale(versions: readonly Version[]): readonly Version[] {
  return versions.filter((version) => {
    if (version.evidence.source !== 'sweep') return true
    const since = Date.parse(version.at) - IAM_LAG_MS
    return !versions.some(
      (other) => other.evidence.source !== 'sweep' && other.at <= version.at && Date.parse(other.at) >= since,
    )
  })
}
