/** The sweep of services: ListServices of each region into memory, so that a change of trust names who depends on the role. Knows no AWS client. */

import { type AccountId, instantOf } from './identity.ts'
import type { KnownService, SeenService, ServiceMemory, ServicePage, Services } from './service-ports.ts'

export interface ServiceSweep {
  readonly services: readonly SeenService[]
  /** Regions and services that could not be read, in words. What memory holds of them stays. */
  readonly notRead: readonly string[]
}

export interface Where {
  readonly account: AccountId
  readonly regions: readonly string[]
}

export interface ServiceSweepWorld {
  readonly ports: {
    readonly services: Services
    readonly memory: Pick<ServiceMemory, 'keepService' | 'forgetService' | 'services'>
  }
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Milliseconds left before the process is stopped. */
  readonly timeLeft: () => number
}

/** A service is not begun with less than this left: its reading may take ten seconds, and memory a few more. */
const ENOUGH_MS = 25_000

/** @throws where memory failed */
export async function sweepServices({ account, regions }: Where, world: ServiceSweepWorld): Promise<ServiceSweep> {
  const services: SeenService[] = []
  const notRead: string[] = []
  for (const region of regions) {
    const swept = await sweepRegion({ account, region }, world)
    services.push(...swept.services)
    notRead.push(...swept.notRead)
  }
  return { services, notRead }
}

interface Region {
  readonly account: AccountId
  readonly region: string
}

async function sweepRegion(where: Region, world: ServiceSweepWorld): Promise<ServiceSweep> {
  const begun = instantOf(world.now())
  const listed = await listAll(where.region, world)
  if (typeof listed === 'string') return { services: [], notRead: [`${where.region}: ${listed}`] }
  const services: SeenService[] = []
  const notRead: string[] = []
  for (const service of listed) {
    const reading = world.timeLeft() < ENOUGH_MS ? NO_TIME : await world.ports.services.read(service)
    if (reading.kind === 'unknown') notRead.push(`${service.arn}: ${reading.why}`)
    if (reading.kind !== 'service') continue
    await world.ports.memory.keepService({ ...reading.service, seenAt: instantOf(world.now()) })
    services.push(reading.service)
  }
  await forgetVanished(where, { listed, begun }, world)
  return { services, notRead }
}

const NO_TIME = { kind: 'unknown', why: 'there was no time left' } as const

type Listed = ServicePage['services']

/** The services of a region, or why they cannot be had. */
async function listAll(region: string, { ports }: Pick<ServiceSweepWorld, 'ports'>): Promise<Listed | string> {
  const all: Listed[number][] = []
  try {
    for (let from: string | null = null, first = true; first || from !== null; first = false) {
      const page: ServicePage = await ports.services.list(region, from)
      all.push(...page.services)
      from = page.next
    }
    return all
  } catch (error) {
    return error instanceof Error ? error.message : 'ListServices failed'
  }
}

async function forgetVanished(
  { account, region }: Region,
  { listed, begun }: { readonly listed: Listed; readonly begun: KnownService['seenAt'] },
  { ports }: Pick<ServiceSweepWorld, 'ports'>,
): Promise<void> {
  const there = new Set(listed.map(({ name }) => name))
  const gone: KnownService[] = []
  for await (const known of ports.memory.services(account)) {
    if (known.region === region && !there.has(known.name)) gone.push(known)
  }
  for (const known of gone) await ports.memory.forgetService(known, begun)
}
