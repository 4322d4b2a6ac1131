/** Which actions one call needs: that of its name, and one for each thing it passes along. Knows no policy. */

import { ACCOMPANYING_ACTIONS, ASSUME_ACTIONS } from './policy.ts'
import type { Request } from './request.ts'

type Accompanying = (typeof ACCOMPANYING_ACTIONS)[number]

/** What a call passes along, as its condition keys show. Sources: IAM User Guide, id_session-tags and id_credentials_temp_control-access_monitor. */
const PASSED: Readonly<Record<Accompanying, string>> = {
  'sts:TagSession': 'session tags',
  'sts:SetSourceIdentity': 'a source identity',
  'sts:SetContext': 'a context',
}

/** Sets tags and a source identity on every session (Access Analyzer: missing action for Roles Anywhere trust policy). */
const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com'

/** The action of the request first. Each is judged on its own statements, and all must be allowed. */
export function actionsOf({ principal, action, context }: Request): readonly string[] {
  if (!ASSUMING.has(action.toLowerCase())) return [action]
  const needed: Accompanying[] = principal.type === 'Service' && principal.id === ROLES_ANYWHERE ? [...OF_ANYWHERE] : []
  for (const key of Object.keys(context)) {
    const needs = context[key]?.length === 0 ? null : needsFor(key.toLowerCase())
    if (needs !== null) needed.push(needs)
  }
  return needed.length === 0 ? [action] : [action, ...ACCOMPANYING_ACTIONS.filter((one) => needed.includes(one))]
}

const OF_ANYWHERE = ['sts:TagSession', 'sts:SetSourceIdentity'] as const
const ASSUMING: ReadonlySet<string> = new Set(ASSUME_ACTIONS.map((one) => one.toLowerCase()))

/** The action that a call needs which carries this key; null: none besides its own. @param name in lower case */
export function needsFor(name: string): Accompanying | null {
  // Asked for every key: no table is looked through.
  switch (name) {
    case 'aws:tagkeys':
    case 'sts:transitivetagkeys':
      return 'sts:TagSession'
    // A source identity set before persists when one role assumes another, and needs the action again.
    case 'sts:sourceidentity':
    case 'aws:sourceidentity':
      return 'sts:SetSourceIdentity'
    case 'sts:requestcontextproviders':
      return 'sts:SetContext'
    default:
      if (name.startsWith('aws:requesttag/')) return 'sts:TagSession'
      return name.startsWith('sts:requestcontext/') ? 'sts:SetContext' : null
  }
}

/** What the call passes along that makes it need this action; null: it is what the call is named after. */
export function whatNeeds(action: string): string | null {
  const one = ACCOMPANYING_ACTIONS.find((known) => known.toLowerCase() === action.toLowerCase())
  return one === undefined ? null : PASSED[one]
}
