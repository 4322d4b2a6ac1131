/** JSON text → TrustPolicy and Problems in words, each with its place. Never throws, whatever comes in. */

import { positionOf } from './document.ts'
import type { Fault } from './fault.ts'
import { FAULTS, type Wording } from './fault-table.ts'
import { jsonHint } from './json-hint.ts'
import type { TrustPolicy } from './policy.ts'
import type { Problem } from './problem.ts'
import { overQuota } from './quota.ts'
import { LONGEST, readTrust } from './read.ts'

export interface Limits {
  /** Characters without white space that IAM keeps of a trust policy in the role's account. Null: not checked, as for what is stored already. */
  readonly quota?: number | null
}

/** IAM User Guide, reference_iam-quotas: role trust policy length. Accounts may have it raised. */
const DEFAULT_QUOTA = 2048

export function parseTrust(
  text: string,
  { quota = DEFAULT_QUOTA }: Limits = {},
): { policy: TrustPolicy; problems: Problem[] } {
  const { policy, faults } = readTrust(text)
  const problems = [...quotaFaults(text, quota), ...faults].map((fault) => inWords(fault, text))
  return { policy, problems }
}

function quotaFaults(text: string, quota: number | null): readonly Fault[] {
  if (quota === null || text.length > LONGEST) return []
  const offset = overQuota(text, quota)
  return offset === null ? [] : [{ code: 'over-quota', path: '', offset, what: String(quota) }]
}

function inWords({ code, what, path, offset }: Fault, text: string): Problem {
  const wording: Wording = FAULTS[code]
  const hint = code === 'invalid-json' && what === '' ? jsonHint(text, offset) : what
  return {
    code,
    message: wording.message(hint),
    awsMessage: wording.aws?.(what) ?? null,
    verified: wording.verified,
    path,
    ...positionOf(text, offset),
  }
}
