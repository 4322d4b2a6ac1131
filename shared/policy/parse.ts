/** JSON text → TrustPolicy and Problems in words, each with its place. Never throws, whatever comes in. */

import { positionOf } from './document.ts'
import type { Fault } from './fault.ts'
import { FAULTS, type Wording } from './fault-table.ts'
import type { TrustPolicy } from './policy.ts'
import type { Problem } from './problem.ts'
import { readTrust } from './read.ts'

export function parseTrust(text: string): { policy: TrustPolicy; problems: Problem[] } {
  const { policy, faults } = readTrust(text)
  return { policy, problems: faults.map((fault) => inWords(fault, text)) }
}

function inWords({ code, what, path, offset }: Fault, text: string): Problem {
  const wording: Wording = FAULTS[code]
  return {
    code,
    message: wording.message(what),
    awsMessage: wording.aws?.(what) ?? null,
    verified: wording.verified,
    path,
    ...positionOf(text, offset),
  }
}
