/** Which regions an account has. Knows nothing of what happens in them. */

import { type AccountClient, paginateListRegions } from '@aws-sdk/client-account'
import { ask } from './failure.ts'

/** In order of their names. @throws PortError */
export async function enabledRegions(client: AccountClient): Promise<readonly string[]> {
  const names: string[] = []
  const read = async () => {
    const enabled = { RegionOptStatusContains: ['ENABLED' as const, 'ENABLED_BY_DEFAULT' as const] }
    for await (const { Regions = [] } of paginateListRegions({ client }, enabled))
      for (const { RegionName } of Regions) if (RegionName !== undefined) names.push(RegionName)
  }
  await ask('Account ListRegions', read())
  return names.sort()
}
