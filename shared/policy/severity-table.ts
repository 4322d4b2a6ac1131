/** How bad it is that somebody gets in, or no longer does, by who it is. No rule overrules this table. */

import type { Severity } from '../severity.ts'
import type { Admission, WhoKind } from './comparison.ts'

type Who = Admission['who']

/** By what stands in a stranger's way: nothing he could not supply, something he could guess, something real. */
const ADMITTED = {
  anyone: { none: 'critical', weak: 'high', effective: 'medium' },
  'stranger-through-provider': { none: 'critical', weak: 'critical', effective: 'critical' },
  'provider-group': { none: 'medium', weak: 'medium', effective: 'medium' },
  'provider-subject': { none: 'low', weak: 'low', effective: 'low' },
  'foreign-account': { none: 'high', weak: 'high', effective: 'medium' },
  'trusted-account': { none: 'medium', weak: 'medium', effective: 'low' },
  organization: { none: 'low', weak: 'low', effective: 'low' },
  'own-account': { none: 'low', weak: 'low', effective: 'low' },
  'compute-service': { none: 'medium', weak: 'medium', effective: 'medium' },
  service: { none: 'low', weak: 'low', effective: 'low' },
  nobody: { none: 'info', weak: 'info', effective: 'info' },
} as const satisfies Record<WhoKind, Record<Who['restraint'], Severity>>

export function admittedSeverity(who: Who): Severity {
  return ADMITTED[who.kind][who.restraint]
}

/** Nobody new gets in. */
export function accompanyingSeverity(who: Who): Severity {
  return who.kind === 'nobody' ? 'info' : 'low'
}

export function lostSeverity(who: Who): Severity {
  return who.kind === 'nobody' ? 'info' : 'medium'
}
