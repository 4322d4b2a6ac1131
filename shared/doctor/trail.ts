/** Does a trail log what EventBridge is to hear of: management events that write, IAM's among them? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import { WATCHED_CALLS } from './sample.ts'
import type { Stack } from './stack.ts'

export interface Trail {
  readonly arn: string
  readonly name: string
  /** IAM is a global service: a trail of one region may leave it out. */
  readonly globalServices: boolean
  readonly ofOrganization: boolean
  readonly logging: Answer<boolean>
  readonly selectors: Answer<Selectors>
}

export interface Selectors {
  readonly basic: readonly BasicSelector[]
  /** A trail has either kind. */
  readonly advanced: readonly (readonly FieldSelector[])[]
}

export interface BasicSelector {
  /** `All`, `WriteOnly`, `ReadOnly`. */
  readonly readWrite: string
  readonly managementEvents: boolean
  readonly excludedSources: readonly string[]
}

/** All that is given must hold; within one list, any of it (for the negative ones, all of it). */
export interface FieldSelector {
  readonly field: string
  readonly equals: readonly string[]
  readonly startsWith: readonly string[]
  readonly endsWith: readonly string[]
  readonly notEquals: readonly string[]
  readonly notStartsWith: readonly string[]
  readonly notEndsWith: readonly string[]
}

const TRAIL: Subject = {
  id: 'trail',
  title: 'Trail',
  why: "EventBridge hears of IAM's calls only while a CloudTrail trail logs management events that write. The event history that every account has is not enough.",
}

export function trailCheck(trails: Answer<readonly Trail[]>, stack: Stack): Check {
  if (trails.kind === 'not-known') return notKnown(TRAIL, trails)
  const list = trails.kind === 'known' ? trails.value : []
  const judged = list.map((trail) => ({ trail, ...judgeTrail(trail) }))
  const whole = judged.find(({ verdict }) => verdict === 'logs')
  if (whole) return ok(TRAIL, `${nameOf(whole.trail)} logs IAM's management events that write`)
  const partly = judged.find(({ verdict }) => verdict === 'partly')
  if (partly) {
    const says = 'Have a trail without that narrowing, or see that it leaves none of the calls about roles out.'
    return warned(TRAIL, `${nameOf(partly.trail)} ${partly.says}`, toDo(says, showSelectors(stack, partly.trail)))
  }
  const unasked = judged.find(({ verdict }) => verdict === 'not-known')
  if (unasked) return notKnown(TRAIL, { kind: 'not-known', why: unasked.says })
  return noTrail(judged, stack)
}

interface Judged {
  readonly verdict: 'logs' | 'partly' | 'does-not' | 'not-known'
  readonly says: string
}

function noTrail(judged: readonly (Judged & { readonly trail: Trail })[], stack: Stack): Check {
  if (judged.length === 0) {
    const create = awsCommand(stack, 'cloudtrail create-trail', {
      name: 'management-events',
      's3-bucket-name': '<bucket>',
      'is-multi-region-trail': null,
    })
    const start = awsCommand(stack, 'cloudtrail start-logging', { name: 'management-events' })
    const says =
      'Create a trail. The bucket must let CloudTrail write (CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail").'
    return failed(TRAIL, `no trail reaches ${stack.region}`, toDo(says, create, start))
  }
  const found = judged.map(({ trail, says }) => `${nameOf(trail)} ${says}`).join('; ')
  const stopped = judged.some(({ trail }) => isStopped(trail))
  const mend = stopped ? 'Start it.' : "Have one of them log management events that write, IAM's among them."
  const whose = judged.some(({ trail }) => trail.ofOrganization)
    ? " The organization's own trail is changed in its management account."
    : ''
  return failed(TRAIL, found, toDo(`${mend}${whose}`, ...judged.map(({ trail }) => mending(stack, trail))))
}

// A trail is started and changed in its home region only, whatever regions it reaches.
function mending(stack: Stack, trail: Trail): string {
  const region = trail.arn.split(':')[3] || stack.region
  return isStopped(trail)
    ? awsCommand({ region }, 'cloudtrail start-logging', { name: trail.arn })
    : showSelectors(stack, trail)
}

function isStopped({ logging }: Trail): boolean {
  return logging.kind === 'known' && !logging.value
}

function showSelectors(stack: Stack, { arn }: Trail): string {
  return awsCommand(stack, 'cloudtrail get-event-selectors', { 'trail-name': arn })
}

function nameOf({ name, ofOrganization }: Trail): string {
  return ofOrganization ? `the organization's trail ${name}` : name
}

function judgeTrail({ globalServices, logging, selectors }: Trail): Judged {
  if (!globalServices) return { verdict: 'does-not', says: 'leaves out global services, and IAM is one' }
  if (logging.kind === 'known' && !logging.value) return { verdict: 'does-not', says: 'is stopped' }
  if (logging.kind === 'missing' || selectors.kind === 'missing') return { verdict: 'does-not', says: 'does not exist' }
  if (logging.kind === 'not-known') return { verdict: 'not-known', says: logging.why }
  if (selectors.kind === 'not-known') return { verdict: 'not-known', says: selectors.why }
  return judgeSelectors(selectors.value)
}

function judgeSelectors({ basic, advanced }: Selectors): Judged {
  if (basic.some(logsIamWrites)) return { verdict: 'logs', says: '' }
  const readings = advanced.map(selects)
  if (readings.includes('all')) return { verdict: 'logs', says: '' }
  if (readings.includes('some'))
    return { verdict: 'partly', says: 'logs only some of the management events that write' }
  return { verdict: 'does-not', says: "does not log IAM's management events that write" }
}

function logsIamWrites({ readWrite, managementEvents, excludedSources }: BasicSelector): boolean {
  return managementEvents && readWrite !== 'ReadOnly' && !excludedSources.includes('iam.amazonaws.com')
}

/** The fields that are alike in every event about a role. What else a selector narrows may leave some of them out. */
const ALIKE: Readonly<Record<string, string>> = {
  eventCategory: 'Management',
  readOnly: 'false',
  eventSource: 'iam.amazonaws.com',
  eventType: 'AwsApiCall',
}

function selects(selector: readonly FieldSelector[]): 'all' | 'some' | 'none' {
  let answer: 'all' | 'some' = 'all'
  for (const field of selector) {
    const values =
      field.field === 'eventName' ? WATCHED_CALLS : [ALIKE[field.field]].filter((value) => value !== undefined)
    const passed = values.filter((value) => passes(field, value)).length
    if (values.length > 0 && passed === 0) return 'none'
    if (values.length === 0 || passed < values.length) answer = 'some'
  }
  return answer
}

function passes(field: FieldSelector, value: string): boolean {
  const wanted = [
    ...field.equals.map((text) => value === text),
    ...field.startsWith.map((text) => value.startsWith(text)),
    ...field.endsWith.map((text) => value.endsWith(text)),
  ]
  const unwanted =
    field.notEquals.includes(value) ||
    field.notStartsWith.some((text) => value.startsWith(text)) ||
    field.notEndsWith.some((text) => value.endsWith(text))
  return (wanted.length === 0 || wanted.includes(true)) && !unwanted
}
