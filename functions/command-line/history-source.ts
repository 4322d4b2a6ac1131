/** CloudTrail's event history as the source of a backfill: whose account, in which regions, and what of it can be read. */

import type { Backfill, Missing } from '../../shared/backfill/report.ts'
import { accountId, type Instant, instant, instantOf } from '../../shared/identity.ts'
import type { Roles } from '../../shared/ports.ts'
import type { Reading, Source, Wanted } from './backfill-source.ts'
import type { Opened, Trail, Window } from './event-history.ts'
import { type HistoryProgress, historyProgress } from './reading-progress.ts'
import type { Output } from './streams.ts'

export async function fromHistory(
  { role, rate, regions: named }: Wanted,
  { settings, streams, memory, window }: Reading,
): Promise<Source> {
  const { openPast } = await import('./past-aws.ts')
  const { readEntries, readServiceCalls, readTrust } = await import('./event-history.ts')
  const past = await openPast(settings, named)
  const { account, region, roles, services, caller } = past
  streams.note(`account ${account}, region ${region}, as ${caller}: ${window.from} to ${window.to}`)
  const offset = Math.abs(past.clockOffset) < SAME_TIME_MS ? 0 : past.clockOffset
  const now = Date.now() + offset
  if (offset !== 0) streams.note(clockWords(offset))
  const trail = { account, region, place: settings.place, rate, memory, now }
  const regions = await past.regions()
  // Each region has a rate of its own.
  const everywhere = async (what: string, work: (there: Trail) => Promise<readonly Missing[]>) => {
    const read = await watched(streams, (progress) =>
      Promise.all(regions.names.map((name) => work({ ...trail, region: name, progress }))),
    )
    const { why } = regions
    return why === null ? read.flat() : [...read.flat(), { ...window, region: 'other regions', what, why }]
  }
  const missing = [
    ...notYet(window, now, region),
    ...(await watched(streams, (progress) => readTrust({ ...trail, progress }, window, role ?? null))),
    ...(await everywhere('App Runner calls', (there) => readServiceCalls(there, window))),
  ]
  const entries = async (told: Backfill) => {
    const { opened, missing: unknown } = await openedOf(told, roles)
    return [...unknown, ...(await everywhere('who came in', (there) => readEntries(there, opened)))]
  }
  return { account, ofAccount: account, region, missing, roles, services, entries }
}

async function watched<T>(streams: Output, work: (progress: HistoryProgress) => Promise<T>): Promise<T> {
  const progress = historyProgress(streams)
  try {
    return await work(progress)
  } finally {
    progress.end()
  }
}

function clockWords(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000)
  return `this computer's clock is ${minutes} minutes ${offset < 0 ? 'ahead of' : 'behind'} AWS's, and AWS's is what counts`
}

/** As far as AWS lets the clock of a signed request be off (IAM User Guide, "Signature Version 4 for API requests"): less is nobody's fault. */
const SAME_TIME_MS = 5 * 60_000

/** Nobody can say that nothing happened in a time that has not come. */
function notYet({ to }: Window, now: number, region: string): readonly Missing[] {
  if (Date.parse(to) <= now + SAME_TIME_MS) return []
  const why = 'by the clock of AWS that time has not come'
  return [{ from: instantOf(now), to, region, what: 'events about roles and App Runner calls', why }]
}

/** CloudTrail knows a role that was assumed by its ARN; a path that no event told is asked of IAM. */
async function openedOf({ exposures, roles: told, region, to: end }: Backfill, roles: Roles) {
  const opened: Opened[] = []
  const missing: Missing[] = []
  for (const { account, role: name, from, to } of exposures) {
    const arn =
      told.find((one) => one.account === account && one.role === name)?.arn ?? (await arnFromIam(account, name, roles))
    if (arn !== null) opened.push({ arn, from: present(from), to: present(to ?? end) })
    else {
      const why = 'no event tells its path, and IAM did not'
      missing.push({ from, to: to ?? end, region, what: `who came in as role ${name}`, why })
    }
  }
  return { opened, missing }
}

async function arnFromIam(account: string, name: string, roles: Roles): Promise<string | null> {
  const id = accountId(account)
  if (id === null) return null
  const reading = await roles.read({ account: id, name, arn: null })
  return reading.kind === 'role' ? reading.arn : null
}

function present(text: string): Instant {
  const at = instant(text)
  if (at === null) throw new Error(`${text} is no time`)
  return at
}
