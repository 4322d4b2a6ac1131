/** The trust policy's decision together with what the caller's own side says. Asks nobody. */

import type { Evaluation } from './policy/request.ts'
import type { OwnSide } from './ports.ts'

/** Says which side refuses. Allowed only where both sides are known to allow. */
export function withOwnSide(trust: Evaluation, own: OwnSide): Evaluation {
  const also = (words: string): Evaluation => ({ ...trust, because: [...trust.because, words] })
  switch (own.kind) {
    case 'allowed':
      return { ...also("the caller's own policies allow it"), caller: trust.caller === null ? null : 'nothing-more' }
    case 'refused':
      return trust.decision === 'allow' ? refused(trust, own) : also(`${refusalWords(own)}, too`)
    case 'unknown':
      if (trust.caller !== 'needs-identity-policy') return also(`the caller's own side was not asked: ${own.why}`)
      return {
        ...trust,
        decision: 'undecided',
        because: [
          `the trust policy allows it, but what the caller's own side says is not known: ${own.why}`,
          ...trust.because,
        ],
      }
    default:
      return own satisfies never
  }
}

type Refused = Extract<OwnSide, { readonly kind: 'refused' }>

/** IAM User Guide, reference_policies_evaluation-logic: who is named by the policy of the same account needs no permission of his own. */
function refused(trust: Evaluation, own: Refused): Evaluation {
  const because = [`the trust policy allows it, but ${refusalWords(own)}`, ...trust.because]
  if (own.explicit) return { decision: 'explicit-deny', caller: null, because }
  if (trust.caller === 'needs-identity-policy' || own.by === 'organization')
    return { decision: 'implicit-deny', caller: null, because }
  if (own.by === 'boundary') {
    const limit = 'a boundary limits a role that the trust policy names, but not a user or a single session'
    return { ...trust, decision: 'undecided', because: [...because, limit] }
  }
  const needless = `${refusalWords(own)}, and need not: the trust policy of the same account names the caller`
  return { ...trust, because: [...trust.because, needless] }
}

const SIDES = {
  policies: "the caller's own policies",
  boundary: "the caller's permissions boundary",
  organization: "policies of the caller's organisation",
} as const satisfies Record<Refused['by'], string>

function refusalWords({ action, explicit, by }: Refused): string {
  const verb = explicit
    ? by === 'boundary'
      ? 'denies'
      : 'deny'
    : by === 'boundary'
      ? 'does not allow'
      : 'do not allow'
  return `${SIDES[by]} ${verb} ${action} on the role`
}
