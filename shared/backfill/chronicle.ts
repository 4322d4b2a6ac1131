/**
 * One role's past: what each change did, and when the role was open to somebody it should not be open to. Pure: made of what
 * memory holds, so that an interrupted reading that went on tells the same as an unbroken one.
 */

import { type Baseline, type Drift, driftOf } from '../drift.ts'
import type { Instant, Role } from '../identity.ts'
import type { Admission } from '../policy/comparison.ts'
import type { RoleContext } from '../policy/context.ts'
import { readTrust } from '../policy/read.ts'
import type { Version } from '../ports.ts'
import { type Reader, reader } from '../reading.ts'
import { byWorstFirst, isAtLeast, mostSevere } from '../severity.ts'
import { changeOf } from '../version.ts'
import { inOrder } from './order.ts'
import { type Exposure, nameOfActor, type RoleHistory, type TimelineEntry } from './report.ts'
import type { Opening } from './uses.ts'

export interface Chronicle {
  readonly history: RoleHistory
  readonly exposures: readonly Exposed[]
}

/** An exposure, and what tells a stranger who came in from who might have come anyway. */
export interface Exposed {
  readonly exposure: Exposure
  readonly opening: Opening
}

/** What is known of one role. */
export interface Past {
  /** Each once, in any order; those before the window tell what was in force when it began. */
  readonly versions: readonly Version[]
  /** Calls about it that failed, in order of time. */
  readonly failed: readonly TimelineEntry[]
  readonly role: Role
  readonly about: RoleContext
}

/** @param from only changes at or after it are told, and exposures that did not end before it */
export function chronicleOf(past: Past, from: Instant): Chronicle {
  const steps = stepsOf(past)
  const told = steps.filter(({ version }) => version.at >= from)
  const failed = past.failed.filter(({ at }) => at >= from)
  const timeline = [...told.map(entryOf), ...failed].sort((one, other) =>
    one.at < other.at ? -1 : Number(one.at > other.at),
  )
  return {
    history: { ...nameOf(past), timeline },
    exposures: exposuresIn(steps, past.about).filter(({ exposure: { to } }) => to === null || to > from),
  }
}

/** A change, what it did, and who of those who should not can get in after it. */
interface Step {
  readonly version: Version
  readonly drift: Drift
  readonly strangers: readonly Admission[]
  /** Principals that let themselves in and still get in: that they did shows in no document, only in the change. */
  readonly selfGranted: readonly string[]
}

/** An exception silences a finding; that the role was open stays true. */
const NOTHING_EXCEPTED = () => false

function stepsOf({ versions, about }: Past): readonly Step[] {
  const read = reader(about)
  const steps: Step[] = []
  for (const version of inOrder(versions)) {
    const before = steps.at(-1)
    const drift = driftOf(
      { change: changeOf(version), about, read, isExcepted: NOTHING_EXCEPTED },
      baselineOf(version, before),
    )
    steps.push({ version, drift, ...insideAfter({ version, drift, before, read }) })
  }
  return steps
}

function baselineOf(version: Version, before: Step | undefined): Baseline {
  if (version.change === 'created') return { kind: 'nobody' }
  return before === undefined ? { kind: 'unknown' } : { kind: 'version', version: before.version }
}

interface Moment {
  readonly version: Version
  readonly drift: Drift
  readonly before: Step | undefined
  readonly read: Reader
}

function insideAfter({ version, drift, before, read }: Moment): Pick<Step, 'strangers' | 'selfGranted'> {
  if (version.document === null) return { strangers: [], selfGranted: [] }
  const { policy, admitted } = read(version.document)
  // Nobody can say who gets in: whoever did before is not taken to be out.
  if (!policy.readable || policy.statements.length === 0)
    return { strangers: before?.strangers ?? [], selfGranted: before?.selfGranted ?? [] }
  const { admissions } = admitted()
  const now = drift.findings.flatMap(({ rule, principal }) => (rule === 'self-grant' && principal ? [principal] : []))
  const granted = new Set([...(before?.selfGranted ?? []), ...now])
  const inside = admissions.filter(({ principal }) => granted.has(principal))
  const raised = (one: Admission): Admission =>
    inside.includes(one) && !isAtLeast(one.severity, 'high') ? { ...one, severity: 'high' } : one
  return {
    strangers: admissions.map(raised).filter(({ severity }) => isAtLeast(severity, 'high')),
    selfGranted: inside.map(({ principal }) => principal),
  }
}

/** A change from one stranger to another does not end an exposure. */
function exposuresIn(steps: readonly Step[], about: RoleContext): readonly Exposed[] {
  const found: Exposed[] = []
  let open: readonly Step[] = []
  let before: Step | undefined
  const close = (closing: Version | null) => {
    if (open.length > 0)
      found.push({ exposure: exposureOf(open, closing), opening: openingOf({ open, closing, before, about }) })
    open = []
  }
  for (const step of steps) {
    if (step.strangers.length > 0) open = [...open, step]
    else {
      close(step.version)
      before = step
    }
  }
  close(null)
  return found
}

interface Interval {
  readonly open: readonly Step[]
  readonly closing: Version | null
  readonly before: Step | undefined
  readonly about: RoleContext
}

function openingOf({ open, closing, before, about }: Interval): Opening {
  const document = before?.version.document ?? null
  const first = open[0]?.version
  if (first === undefined) throw new Error('an exposure without a beginning is none')
  return {
    from: first.at,
    to: closing?.at ?? null,
    before: document === null ? null : readTrust(document).policy,
    selfGranted: open.flatMap(({ selfGranted }) => selfGranted),
    about,
  }
}

function exposureOf(open: readonly Step[], closing: Version | null): Exposure {
  const strangers = open.flatMap((step) => step.strangers)
  const [worst] = [...strangers].sort(byWorstFirst)
  const opening = open[0]?.version
  if (worst === undefined || opening === undefined) throw new Error('an exposure without a stranger is none')
  const others = new Set(strangers.map(({ says }) => says)).size - 1
  return {
    account: opening.role.account,
    role: opening.role.name,
    severity: mostSevere(strangers.map(({ severity }) => severity)),
    from: opening.at,
    to: closing?.at ?? null,
    says: others === 0 ? worst.says : `${worst.says}, and ${others} more`,
    witness: worst.witness,
    openedBy: hand(opening),
    closedBy: closing && hand(closing),
    uses: null,
  }
}

function hand({ evidence, actor }: Version): { readonly eventId: string | null; readonly actor: string } {
  return { eventId: evidence.eventId, actor: nameOfActor(actor) }
}

function entryOf({ version, drift }: Step): TimelineEntry {
  return {
    eventId: version.evidence.eventId,
    at: version.at,
    kind: version.change === 'observed' ? 'updated' : version.change,
    actor: nameOfActor(version.actor),
    verdict: drift.comparison?.verdict ?? null,
    gained: drift.comparison?.gained.map(({ says }) => says) ?? [],
    lost: drift.comparison?.lost.map(({ says }) => says) ?? [],
  }
}

function nameOf({ versions, role }: Past): Pick<RoleHistory, 'account' | 'role' | 'arn'> {
  const arn = versions.find((version) => version.role.arn !== null)?.role.arn ?? role.arn
  return { account: role.account, role: role.name, arn }
}
