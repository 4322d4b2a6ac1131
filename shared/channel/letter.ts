/** A queue's message → the alert in it, or a notice that it could not be read. Pure; never throws, whatever the text. */

import * as v from 'valibot'
import type { Alert } from '../alert.ts'
import { digest } from '../finding.ts'
import { SEVERITIES } from '../severity.ts'
import type { Queued } from './channel.ts'

/** An alert and the messages that carry it: the same alert may be in a batch more than once. */
export interface Letter {
  readonly alert: Alert
  /** `notice`: stands for what could not be read, and is told whatever its severity. */
  readonly kind: 'alert' | 'notice'
  readonly messages: readonly Queued[]
}

export function readLetter(message: Queued): Letter {
  const body = jsonOf(message.body)
  if (body === undefined) return noticeOf(message, null, 'it is not JSON')
  const inner = unwrapped(body)
  const parsed = v.safeParse(AlertBody, inner)
  if (parsed.success) return { kind: 'alert', alert: parsed.output, messages: [message] }
  return noticeOf(message, inner, `its ${v.getDotPath(parsed.issues[0]) ?? 'whole'} is not what this version knows`)
}

/** Letters with the same alert become one. Keeps the order of the first of each. */
export function gathered(letters: readonly Letter[]): readonly Letter[] {
  const byId = new Map<string, Letter>()
  for (const letter of letters) {
    const earlier = byId.get(letter.alert.id)
    byId.set(letter.alert.id, earlier ? { ...earlier, messages: [...earlier.messages, ...letter.messages] } : letter)
  }
  return [...byId.values()]
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What SNS puts around a message where raw delivery is off. */
const Envelope = v.object({ Type: v.literal('Notification'), Message: v.string() })

function unwrapped(body: unknown): unknown {
  const envelope = v.safeParse(Envelope, body)
  return envelope.success ? jsonOf(envelope.output.Message) : body
}

const MOST_HEADLINE = 300

/** What of an alert can be named even where the whole cannot be read. */
const Hint = v.object({
  headline: v.fallback(v.nullable(v.string()), null),
  role: v.fallback(v.nullable(v.object({ name: v.string() })), null),
  account: v.fallback(v.nullable(v.string()), null),
})

function noticeOf(message: Queued, body: unknown, why: string): Letter {
  const hint = v.safeParse(Hint, body)
  const { headline, role, account } = hint.success ? hint.output : { headline: null, role: null, account: null }
  const quoted = headline === null ? '' : ` Its headline: ${headline.slice(0, MOST_HEADLINE)}`
  const alert: Alert = {
    ...NOTHING,
    // The body alone: the same message delivered twice is one notice.
    id: digest('unreadable message', message.body),
    headline: `Message ${message.id} could not be read as an alert: ${why}. Upgrade Trustdrift, or see what else writes to its topic.${quoted}`,
    at: message.sentAt,
    account,
    role: role && { name: role.name, arn: null },
  }
  return { kind: 'notice', alert, messages: [message] }
}

const NOTHING = {
  version: 1,
  truncated: false,
  kind: 'unreadable',
  severity: 'high',
  service: null,
  actor: null,
  comparison: null,
  findings: [],
  oldFindings: 0,
  inForce: 'unknown',
  usedBy: [],
  cause: null,
  restore: null,
  evidence: { eventId: null, eventName: null, region: null, source: 'channel' },
} as const

const someText = v.string()
const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly())
const severity = v.picklist(SEVERITIES)

const Witness = v.object({
  principal: v.object({ type: v.picklist(['AWS', 'Service', 'Federated', 'CanonicalUser']), id: someText }),
  action: someText,
  context: v.record(v.string(), v.union([someText, list(someText)])),
})
const Changes = list(v.object({ says: someText, severity, witness: Witness }))

const ComparisonBody = v.object({
  verdict: v.picklist(['equivalent', 'widened', 'narrowed', 'both', 'undecided']),
  gained: Changes,
  lost: Changes,
  undecided: list(v.object({ says: someText, path: someText })),
})

const FindingBody = v.object({
  id: someText,
  rule: someText,
  severity,
  title: someText,
  says: someText,
  why: someText,
  statement: orNull(v.number()),
  principal: orNull(someText),
  fix: orNull(v.object({ summary: someText, policy: someText })),
  reference: someText,
})

const ActorBody = v.object({
  type: someText,
  name: someText,
  arn: orNull(someText),
  via: orNull(someText),
  sourceIp: orNull(someText),
  userAgent: orNull(someText),
  mfa: orNull(v.boolean()),
})

const CauseBody = v.object({
  verdict: v.picklist(['trust', 'not-trust', 'unknown']),
  role: orNull(someText),
  as: orNull(someText),
  missing: orNull(someText),
  changedBy: orNull(v.object({ eventId: someText, at: someText, actor: someText, minutesBefore: v.number() })),
})

/** A kind that is missing here does not compile. */
const KINDS = {
  'role-created': 'role-created',
  'trust-changed': 'trust-changed',
  'role-deleted': 'role-deleted',
  'trust-update-refused': 'trust-update-refused',
  'service-failed': 'service-failed',
  'service-recovered': 'service-recovered',
  unreadable: 'unreadable',
  test: 'test',
} as const satisfies { readonly [Kind in Alert['kind']]: Kind }

/** Fields it does not know are dropped without a word: a newer publisher may add some. */
const AlertBody = v.object({
  version: v.literal(1),
  id: v.pipe(someText, v.nonEmpty(), v.maxLength(256)),
  truncated: v.boolean(),
  kind: v.enum(KINDS),
  severity,
  headline: someText,
  at: someText,
  account: orNull(someText),
  role: orNull(v.object({ name: someText, arn: orNull(someText) })),
  service: orNull(v.object({ name: someText, arn: someText, region: someText })),
  actor: orNull(ActorBody),
  comparison: orNull(ComparisonBody),
  findings: list(FindingBody),
  oldFindings: v.number(),
  exceptedFindings: v.exactOptional(v.number()),
  inForce: v.picklist(['in-force', 'superseded', 'gone', 'unknown']),
  usedBy: list(v.object({ service: someText, arn: someText, region: someText, as: someText })),
  cause: orNull(CauseBody),
  restore: orNull(v.object({ command: someText })),
  evidence: v.object({
    eventId: orNull(someText),
    eventName: orNull(someText),
    region: orNull(someText),
    source: someText,
  }),
}) satisfies v.GenericSchema<unknown, Alert>
