/** `trustdrift services`: App Runner's services, the roles they use, and whether their next deployment can. */

import { type Command, InvalidArgumentError } from 'commander'
import { InputError } from '../../shared/local/input-error.ts'
import { isRegion } from '../../shared/partition.ts'
import type { RoleReading, Roles } from '../../shared/ports.ts'
import { count } from '../../shared/render/words.ts'
import type { SeenService } from '../../shared/service-ports.ts'
import type { RoleUse } from '../../shared/service-signal.ts'
import { sweepServices } from '../../shared/service-sweep.ts'
import type { Severity } from '../../shared/severity.ts'
import { documentAssumable } from '../../shared/workloads/assumable.ts'
import { workload } from '../../shared/workloads/table.ts'
import { exitCodeFor } from './exit.ts'
import { memoryAt } from './memory-file.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift services --regions us-east-1,us-east-2
  trustdrift services --regions us-east-2 --memory seen.jsonl   so that replay and sweep know who uses a role`

interface ServicesFlags {
  readonly regions?: readonly string[]
  readonly memory?: string
}

interface Around {
  readonly settings: Settings
  readonly streams: Streams
}

/** One role of one service. */
interface Use {
  readonly as: string
  readonly role: string
  /** Whether App Runner can assume it. */
  readonly can: 'yes' | 'no' | 'undecided' | 'unknown'
  readonly why: string | null
}

export function addServices(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('services')
    .summary('which App Runner services use which roles, and whether they can')
    .description(
      'Reads the App Runner services of the regions, and tells for each role whether App Runner can assume it.',
    )
    .option('--regions <names>', 'regions, separated by commas; without it, the one of --region', regionsFlag)
    .option('--memory <file>', 'keep which services use which roles')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ServicesFlags, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await listServices(flags, { settings, streams }))
    })
}

async function listServices(flags: ServicesFlags, around: Around): Promise<number> {
  const { settings, streams } = around
  const regions = flags.regions ?? (settings.place.region === undefined ? [] : [settings.place.region])
  if (regions.length === 0) throw new InputError('Name the regions: --regions us-east-1,us-east-2')
  const { openAws } = await import('./aws.ts')
  const aws = await openAws(settings.place, settings.account)
  const memory = memoryAt(flags.memory)
  try {
    const ports = { services: aws.services, memory }
    const timeLeft = () => Number.POSITIVE_INFINITY
    const where = { account: aws.account, regions }
    const { services, notRead } = await sweepServices(where, { ports, now: Date.now, timeLeft })
    const found: Severity[] = []
    for (const service of services) found.push(...(await tell(service, aws.roles, around)))
    for (const what of notRead) streams.note(`not read: ${what}`)
    streams.note(`${count(services.length, 'service')} in ${count(regions.length, 'region')}`)
    if (notRead.length > 0) throw new Error(`${notRead.length} of them could not be read: the list is not whole`)
    return exitCodeFor(found, settings.failOn)
  } finally {
    memory.close()
  }
}

/** @returns the severities of what is wrong */
async function tell(service: SeenService, roles: Roles, { settings, streams }: Around): Promise<readonly Severity[]> {
  const uses: Use[] = []
  for (const use of service.uses) uses.push(useOf(use, service, await roles.read(use.role)))
  const { name, arn, region, status } = service
  const shown = { service: name, arn, region, status, roles: uses }
  await streams.write(settings.format === 'json' ? `${JSON.stringify(shown)}\n` : words(shown))
  return uses.flatMap(({ can }) => (can === 'no' ? ['high'] : can === 'undecided' ? ['medium'] : []))
}

function useOf({ as, role }: RoleUse, { account, arn, region }: SeenService, reading: RoleReading): Use {
  const { as: named, principal, without } = workload(as)
  const use = { as: named, role: role.arn }
  switch (reading.kind) {
    case 'unknown':
      return { ...use, can: 'unknown', why: reading.why }
    case 'no-such-role':
      return { ...use, can: 'no', why: `the role does not exist: ${without}` }
    case 'role': {
      const can = documentAssumable(reading.document, principal, { account, service: arn, region })
      const why = can === 'no' ? `${principal} cannot assume it: ${without}` : null
      return { ...use, can, why: can === 'undecided' ? `whether ${principal} can assume it could not be decided` : why }
    }
    default:
      return reading satisfies never
  }
}

function words(service: {
  readonly service: string
  readonly region: string
  readonly status: string
  readonly roles: readonly Use[]
}) {
  const roles = service.roles.map(
    ({ as, role, can, why }) => `  ${can.padEnd(9)} ${as}: ${role}${why ? `\n            ${why}` : ''}\n`,
  )
  return `${service.service} in ${service.region}, ${service.status}\n${roles.length === 0 ? '  no roles\n' : roles.join('')}`
}

function regionsFlag(text: string): readonly string[] {
  const regions = text.split(',').map((region) => region.trim())
  if (regions.every(isRegion)) return regions
  throw new InvalidArgumentError('Regions look like us-east-1, and stand behind one another with commas.')
}
