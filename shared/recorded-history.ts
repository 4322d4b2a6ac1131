/** CloudTrail's records as the port `history`: reads what was recorded, and knows nothing of how it was found. */

import type { History, RecordedHistory } from './ports.ts'
import type { Signal, TrustChange } from './signal.ts'
import { trustSignalFrom } from './trust-signal.ts'

export function readHistory(recorded: RecordedHistory): History {
  return {
    trustBefore: async (role, at) => {
      const answer = await recorded.trustBefore(role, at)
      if (answer.kind === 'not-known') return answer
      const signals = answer.records.map((record) => trustSignalFrom(record))
      if (!signals.every(isTrustChange)) return { kind: 'not-known', why: 'a record of the role could not be read' }
      return { kind: 'changes', changes: signals.map((change) => ({ ...change, role })) }
    },
  }
}

function isTrustChange(signal: Signal): signal is TrustChange {
  return signal.kind === 'trust-written' || signal.kind === 'role-deleted'
}
