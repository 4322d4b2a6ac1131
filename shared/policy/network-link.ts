/** A call comes over the internet or through a VPC endpoint (IAM User Guide, reference_policies_condition-keys, aws:SourceIp). */

import { ABSENT, type Asked, type Demand, inTurn, type Link } from './demand.ts'
import type { Domain } from './solve-key.ts'

const IP = 'aws:sourceip'
/** And what they usually are. */
const VPC = [
  ['aws:vpcsourceip', '10.0.0.10'],
  ['aws:sourcevpc', 'vpc-1a2b3c4d'],
  ['aws:sourcevpce', 'vpce-1a2b3c4d'],
] as const
const KEYS = [IP, ...VPC.map(([key]) => key)]

/** Null: the documents ask for one of them only, which stands for itself. */
export function networkLink({ conditionsOn }: Asked, name: string): Link | null {
  return KEYS.some((key) => key !== name && conditionsOn(key).length > 0) ? NETWORK : null
}

const NETWORK: Link = {
  keys: KEYS,
  ways: function* (demandOn, ask) {
    const absent = (key: string) => () => ask(demandOn(key), ABSENT)
    const ip = demandOn(IP)
    yield inTurn(() => ask(ip, ip.domain), ...VPC.map(([key]) => absent(key)))
    yield inTurn(
      absent(IP),
      ...VPC.map(
        ([key, usual]) =>
          () =>
            ask(demandOn(key), present(demandOn(key), usual)),
      ),
    )
  },
}

function present({ domain }: Demand, usual: string): Domain {
  return { ...domain, absent: false, samples: [...domain.samples, usual] }
}
