/** The daily message that asks for a sweep of services, and the regions to sweep. */

import { isRegion } from '../../shared/partition.ts'

/** What `AppRunnerRegions` says for no region at all. */
const NONE = 'none'

/** The schedule's message; everything else is an event. */
export function isServicesTask(message: unknown): boolean {
  const body = typeof message === 'string' && message.length < 100 ? parsed(message) : message
  return typeof body === 'object' && body !== null && 'trustdrift' in body && body.trustdrift === 'services'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // no task: whoever reads events says what is wrong with it
  }
}

/** @throws where one is no region's name */
export function regionsOf(text: string): readonly string[] {
  if (text === NONE) return []
  const regions = text.split(',').map((region) => region.trim())
  const odd = regions.filter((region) => !isRegion(region))
  if (odd.length === 0) return regions
  throw new Error('APP_RUNNER_REGIONS is neither none nor regions separated by commas; template.yaml sets it')
}
