/** Which actions one call needs: that of its name, and one for each thing it passes along. Knows no policy. */

import { ACCOMPANYING_ACTIONS, ASSUME_ACTIONS } from './policy.ts'
import type { Request } from './request.ts'

type Accompanying = (typeof ACCOMPANYING_ACTIONS)[number]

/** What a call passes along, as its condition keys show. Sources: IAM User Guide, id_session-tags and id_credentials_temp_control-access_monitor. */
const PASSED: Readonly<Record<Accompanying, { readonly keys: RegExp; readonly what: string }>> = {
  'sts:TagSession': { keys: /^(?:aws:requesttag\/.*|aws:tagkeys|sts:transitivetagkeys)$/, what: 'session tags' },
  // A source identity set before persists when one role assumes another, and needs the action again.
  'sts:SetSourceIdentity': { keys: /^(?:sts|aws):sourceidentity$/, what: 'a source identity' },
  'sts:SetContext': { keys: /^sts:requestcontext(?:providers|\/.*)$/, what: 'a context' },
}

/** Sets tags and a source identity on every session (Access Analyzer: missing action for Roles Anywhere trust policy). */
const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com'

/** The action of the request first. Each is judged on its own statements, and all must be allowed. */
export function actionsOf({ principal, action, context }: Request): readonly string[] {
  if (!ASSUME_ACTIONS.some((one) => one.toLowerCase() === action.toLowerCase())) return [action]
  const passed = Object.entries(context)
    .filter(([, value]) => value.length > 0)
    .map(([key]) => key.toLowerCase())
  const isAnywhere = principal.type === 'Service' && principal.id === ROLES_ANYWHERE
  const also = ACCOMPANYING_ACTIONS.filter(
    (one) => passed.some((key) => PASSED[one].keys.test(key)) || (isAnywhere && one !== 'sts:SetContext'),
  )
  return [action, ...also]
}

/** What the call passes along that makes it need this action; null: it is what the call is named after. */
export function whatNeeds(action: string): string | null {
  const one = ACCOMPANYING_ACTIONS.find((known) => known.toLowerCase() === action.toLowerCase())
  return one === undefined ? null : PASSED[one].what
}
