/** Doctor's visit: looks the stack up, has every part of it examined, sends the test alert, and reports. */

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { testAlertId } from '../../shared/alert-id.ts'
import { type Check, isHealthy, type Report } from '../../shared/doctor/check.ts'
import { channelsOf, examinations } from '../../shared/doctor/examine.ts'
import type { Inspector } from '../../shared/doctor/inspector.ts'
import { identityCheck, isTrustdrift, physicalId, type Stack, stackChecks } from '../../shared/doctor/stack.ts'
import { notSent, sendTestAlert } from '../../shared/doctor/way.ts'
import { renderReport } from '../../shared/render/terminal-doctor.ts'
import type { DoctorFlags } from './doctor.ts'
import { EXIT } from './exit.ts'
import type { Settings } from './settings.ts'
import { openStack } from './stack.ts'
import type { Streams } from './streams.ts'

interface Around {
  readonly settings: Settings
  readonly streams: Streams
}

/** The exit code. @throws PortError where AWS cannot be asked at all */
export async function visit(flags: DoctorFlags, around: Around): Promise<number> {
  const { settings, streams } = around
  streams.progress(`looking for stack ${flags.stack}`)
  const { identity, region, looked, stack, inspectorFor } = await openStack(flags.stack, settings.place)
  const found = stackChecks(stack === null ? { kind: 'missing' } : { kind: 'known', value: stack }, {
    name: flags.stack,
    looked,
  })
  const first = [identityCheck(identity, settings.account), ...found]
  const checks =
    stack !== null && isTrustdrift(stack)
      ? [...first, ...(await examine(stack, inspectorFor(stack), { flags, streams }))]
      : first
  streams.progress('')
  const report: Report = {
    version: 1,
    stack: flags.stack,
    account: identity.account,
    region,
    healthy: isHealthy(checks),
    checks,
  }
  await streams.write(
    settings.format === 'json' ? `${JSON.stringify(report)}\n` : renderReport(report, settings.terminal),
  )
  return report.healthy || settings.failOn === 'never' ? EXIT.nothing : EXIT.reported
}

interface Examining {
  readonly flags: DoctorFlags
  readonly streams: Streams
}

async function examine(stack: Stack, inspector: Inspector, { flags, streams }: Examining): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const examination of examinations(stack, inspector, Date.now)) {
    streams.progress(`checking ${examination.about}`)
    checks.push(...(await examination.checks()))
  }
  if (!flags.testAlert) return [...checks, ...notSent(channelsOf(stack))]
  streams.progress('sending a test alert')
  return [...checks, ...(await sendOne(stack, inspector, flags.wait))]
}

function sendOne(stack: Stack, inspector: Inspector, seconds: number): Promise<readonly Check[]> {
  const id = randomUUID()
  const time = `${new Date().toISOString().slice(0, 19)}Z`
  const body = JSON.stringify({ trustdrift: 'test', id, account: stack.account, time })
  return sendTestAlert(
    {
      alertId: testAlertId(stack.account, id),
      channels: channelsOf(stack),
      send: () => inspector.send(physicalId(stack, 'TrustChangeQueue') ?? '', body),
      marks: inspector.marks(physicalId(stack, 'MemoryTable') ?? ''),
      patience: { seconds, now: Date.now, sleep: (ms) => sleep(ms) },
    },
    stack,
  )
}
