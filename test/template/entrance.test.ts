/** Which events the rule of template.yaml lets in, and what becomes of those it cannot deliver. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { at, isMapping, type Json, type JsonMap, list, map, number, referred, resource } from './document.ts'
import { matches, withRefs } from './pattern.ts'

const account = '111122223333'
const rule = resource('TrustChangeRule')
const target = at(rule.properties, 'Targets', 0)
const names = ['UpdateAssumeRolePolicy', 'CreateRole', 'DeleteRole']

function letsIn(event: JsonMap, own: string): boolean {
  return matches(withRefs(map(rule.properties.EventPattern), { 'AWS::AccountId': own }), event)
}

function event(detail: JsonMap, envelope: JsonMap = {}): JsonMap {
  return {
    account,
    source: 'aws.iam',
    'detail-type': 'AWS API Call via CloudTrail',
    resources: [],
    detail: { eventSource: 'iam.amazonaws.com', eventName: 'CreateRole', ...detail },
    ...envelope,
  }
}

describe('the rule', () => {
  it.each(names)('lets in %s, done or refused', (eventName) => {
    expect(letsIn(event({ eventName }), account)).toBe(true)
    expect(letsIn(event({ eventName, errorCode: 'AccessDenied', requestParameters: null }), account)).toBe(true)
  })

  it('lets in both spellings of the detail type', () => {
    expect(letsIn(event({}, { 'detail-type': 'Amazon API Call via CloudTrail' }), account)).toBe(true)
    expect(letsIn(event({}, { 'detail-type': 'AWS Console Sign In via CloudTrail' }), account)).toBe(false)
  })

  it('lets in no other call, service or account', () => {
    expect(letsIn(event({ eventName: 'AttachRolePolicy' }), account)).toBe(false)
    expect(letsIn(event({ eventSource: 'sts.amazonaws.com' }), account)).toBe(false)
    expect(letsIn(event({}, { source: 'aws.sts' }), account)).toBe(false)
    expect(letsIn(event({}, { account: '444455556666' }), account)).toBe(false)
  })

  it('listens on the default bus, where events of AWS arrive, and is on', () => {
    expect(Object.keys(rule.properties).sort()).toEqual(['Description', 'EventPattern', 'Tags', 'Targets'])
  })

  it('tries for a day to deliver, then keeps the event', () => {
    expect(referred(at(target, 'Arn'))).toBe('TrustChangeQueue')
    expect(number(at(target, 'RetryPolicy', 'MaximumEventAgeInSeconds'))).toBe(24 * 3600)
    expect(number(at(target, 'RetryPolicy', 'MaximumRetryAttempts'))).toBe(185)
    expect(referred(at(target, 'DeadLetterConfig', 'Arn'))).toBe('UndeliveredEvents')
    expect(at(target, 'InputTransformer') ?? at(target, 'InputPath') ?? at(target, 'Input')).toBeUndefined()
  })
})

const events = new URL('../../events/', import.meta.url)

/** Every event in the samples' files that parses: an EventBridge event as it is, also inside an SQS batch; a bare CloudTrail record in its envelope. */
function samples(): readonly { readonly file: string; readonly event: JsonMap }[] {
  if (!existsSync(events)) return []
  const files = readdirSync(events, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return files.sort().flatMap((file) => parsed(file).map((each) => ({ file, event: wrapped(each) })))
}

function parsed(file: string): readonly JsonMap[] {
  try {
    const json: Json = JSON.parse(readFileSync(new URL(file, events), 'utf8'))
    return list(at(json, 'Records') ?? json)
      .map(unpacked)
      .filter(isMapping)
  } catch (error) {
    // Some samples are broken on purpose; the rule never sees such a thing.
    if (error instanceof SyntaxError) return []
    throw error
  }
}

function unpacked(record: Json): Json {
  const body = at(record, 'body')
  return typeof body === 'string' ? JSON.parse(body) : record
}

function wrapped(sample: JsonMap): JsonMap {
  if ('detail-type' in sample) return sample
  return event(sample, { account: sample.recipientAccountId ?? account })
}

describe('the samples in events/', () => {
  const iam = samples().filter(({ event: sample }) => names.some((name) => name === at(sample, 'detail', 'eventName')))

  it('are let in by the rule, every change of a role among them', () => {
    const kept = iam.filter(({ event: sample }) => !letsIn(sample, String(sample.account)))
    expect(kept.map(({ file }) => file)).toEqual([])
  })
})
