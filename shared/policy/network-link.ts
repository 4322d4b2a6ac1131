/** A call comes over the internet or through a VPC endpoint (IAM User Guide, reference_policies_condition-keys, aws:SourceIp). */

import { ABSENT, type Demand, inTurn, type Link } from './demand.ts'
import type { Domain } from './solve-key.ts'
import type { Situation } from './stage.ts'

const KEYS = ['aws:sourceip', 'aws:vpcsourceip', 'aws:sourcevpc', 'aws:sourcevpce']

/** Null: the documents ask for one of them only, which stands for itself. */
export function networkLink({ conditionsOn }: Situation, name: string): Link | null {
  return KEYS.some((key) => key !== name && conditionsOn(key).length > 0) ? NETWORK : null
}

/** What they usually are, in the order of the keys. */
const VPC = ['10.0.0.10', 'vpc-1a2b3c4d', 'vpce-1a2b3c4d']

function present({ domain }: Demand, usual = ''): Domain {
  return { ...domain, absent: false, samples: [...domain.samples, usual] }
}

const NETWORK: Link = {
  keys: KEYS,
  isCommon: true,
  bounds: () => true,
  ways: function* ([ip, ...vpc], ask) {
    if (ip === undefined) return
    const absent = (one: Demand) => () => ask(one, ABSENT)
    yield inTurn(() => ask(ip, ip.domain), ...vpc.map(absent))
    yield inTurn(absent(ip), ...vpc.map((one, i) => () => ask(one, present(one, VPC[i]))))
  },
}
