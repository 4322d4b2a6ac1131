/** The answer of `can` for a terminal. Says what it is given; judges nothing. */

import type { Evaluation } from '../policy/request.ts'
import type { Line, Section } from './section.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'

export interface Answer {
  /** The caller in words. */
  readonly who: string
  /** The role in words. */
  readonly role: string
  readonly evaluation: Evaluation
  /** Whether the caller's own policies were asked. */
  readonly asked: 'asked' | 'not-asked'
}

const VERDICTS = {
  allow: { label: 'ALLOWED', style: 'green', may: 'may assume' },
  'explicit-deny': { label: 'REFUSED', style: 'red', may: 'may not assume' },
  'implicit-deny': { label: 'REFUSED', style: 'red', may: 'may not assume' },
  undecided: { label: 'UNDECIDED', style: 'yellow', may: 'may or may not be able to assume' },
} as const satisfies Record<Evaluation['decision'], Pick<Section, 'label' | 'style'> & { readonly may: string }>

const OWN_TOO = ', if its own policies allow it too'

const MOST_SHOWN = 20

/** Ends in a newline. */
export function renderCan({ who, role, evaluation, asked }: Answer, options: TerminalOptions): string {
  const { label, style, may } = VERDICTS[evaluation.decision]
  const reasons = evaluation.because.slice(0, MOST_SHOWN).map((text): Line => ({ text }))
  const rest = evaluation.because.length - reasons.length
  const more: readonly Line[] = rest > 0 ? [{ text: `and ${rest} more reasons; --format json has them all` }] : []
  const condition = evaluation.caller === 'needs-identity-policy' && evaluation.decision === 'allow' ? OWN_TOO : ''
  return layOut(
    [
      { label, style, lines: [{ text: `${who} ${may} ${role}${condition}`, style: 'bold' }] },
      { label: 'BECAUSE', style: 'bold', lines: [...reasons, ...more] },
      { label: 'NOT SEEN', style: 'dim', lines: unseen(evaluation, asked) },
    ],
    options,
  )
}

/** A refusal by the trust policy stands, whatever else says. */
function unseen({ decision, caller }: Evaluation, asked: Answer['asked']): readonly Line[] {
  if (decision === 'explicit-deny' || decision === 'implicit-deny') return []
  const own = "The caller's own policies were not looked at: --aws asks them."
  const others =
    'Service and resource control policies, permissions boundaries and session policies can refuse it all the same.'
  return [...(caller === 'needs-identity-policy' && asked === 'not-asked' ? [{ text: own }] : []), { text: others }]
}
