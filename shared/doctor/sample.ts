/** Sample events of the calls that are watched, as they would come from a stack's own account. Pure. */

import created from '../../events/010-role-created-in-console.json' with { type: 'json' }
import updated from '../../events/060-opened-to-a-foreign-account.json' with { type: 'json' }
import refused from '../../events/220-refused-access-denied.json' with { type: 'json' }
import deleted from '../../events/270-role-deleted.json' with { type: 'json' }
import type { Stack } from './stack.ts'

export const WATCHED_CALLS = ['CreateRole', 'UpdateAssumeRolePolicy', 'DeleteRole'] as const

export interface Sample {
  readonly name: string
  /** JSON of an EventBridge event. */
  readonly event: string
}

export function samplesFor({ account, region }: Pick<Stack, 'account' | 'region'>): readonly Sample[] {
  const here = { account, region }
  return [
    { name: 'a created role', event: JSON.stringify({ ...created, ...here }) },
    { name: 'a changed trust policy', event: JSON.stringify({ ...updated, ...here }) },
    { name: 'a refused change', event: JSON.stringify({ ...refused, ...here }) },
    { name: 'a deleted role', event: JSON.stringify({ ...deleted, ...here }) },
  ]
}
