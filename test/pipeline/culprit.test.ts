/** Who shut a service out: by evaluation of every version, whatever came last. */

import { describe, expect, test } from 'vitest'
import { searchCulprit } from '../../shared/culprit.ts'
import type { Version } from '../../shared/ports.ts'
import { documentAssumable } from '../../shared/workloads/assumable.ts'
import { roleOf, versionOf } from '../versions.ts'

const BUILD = 'build.apprunner.amazonaws.com'
const role = roleOf('pull')
const can = (document: string) => documentAssumable(document, BUILD, { account: role.account })

function trusting(service: string, condition?: object): string {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...statement, ...(condition && { Condition: condition }) }],
  })
}

const YES = trusting(BUILD)
const NO = trusting('ec2.amazonaws.com')
const OPEN = trusting(BUILD, { StringEquals: { 'aws:SourceAccount': role.account } })
const NAMED_ONLY = trusting(BUILD, { StringEquals: { 'sts:ExternalId': 'x' } })

/** `minute: document`, with what else matters of the version. */
type Step = readonly [number, string | null, Partial<Version>?]

function versions(...steps: readonly Step[]): readonly Version[] {
  const made = steps.map(([minute, document, more], n) =>
    versionOf({
      role,
      at: new Date(Date.UTC(2026, 10, 21, 12, 0, Math.round(minute * 60))).toISOString(),
      id: `v${n}`,
      document,
      ...more,
    }),
  )
  return made.toReversed()
}

const bySweep = { evidence: { eventId: null, eventName: null, region: null, source: 'sweep' } } as const

const STORIES: readonly (readonly [string, readonly Version[], string])[] = [
  ['the one change that took it away', versions([0, YES], [1, NO]), 'found v1'],
  [
    'not a later change that left it away',
    versions([0, YES], [1, NO], [2, trusting('lambda.amazonaws.com')]),
    'found v1',
  ],
  ['not an earlier time that was mended', versions([0, YES], [1, NO], [2, YES], [3, NO], [4, NO]), 'found v3'],
  [
    'a condition that no service meets, though the name is still there',
    versions([0, YES], [1, NAMED_ONLY]),
    'found v1',
  ],
  ['a deletion', versions([0, YES], [1, null, { change: 'deleted' }]), 'found v1'],
  [
    'a deletion, although the role was made anew without it',
    versions([0, YES], [1, null, { change: 'deleted' }], [2, NO, { change: 'created' }]),
    'found v1',
  ],
  ['nobody where it can', versions([0, NO], [1, YES]), 'none'],
  ['nobody where it never could', versions([0, NO, { change: 'created' }], [1, NO]), 'none'],
  ['nobody where what was before cannot be decided', versions([0, YES], [1, OPEN], [2, NO]), 'none'],
  ['not known yet where memory begins too late', versions([1, NO], [2, NO]), 'open v0'],
  ['not known yet where memory is empty', [], 'open -'],
  ['one of a second in which it was given and taken', versions([0, NO], [1, YES], [1, NO]), 'found v2'],
  [
    'an event, although the sweep read IAM before it had caught up',
    versions([0, YES], [1, NO], [1.5, YES, bySweep]),
    'found v1',
  ],
  ['what the sweep saw, where no event tells of it', versions([0, YES], [5, NO, bySweep]), 'found v1'],
  [
    'somebody later, where the sweep saw it mended long after',
    versions([0, YES], [1, NO], [9, YES, bySweep], [12, NO]),
    'found v3',
  ],
]

describe('the culprit is', () => {
  test.each(STORIES)('%s', (_, history, expected) => {
    for (const order of [history, history.toReversed()]) {
      const search = searchCulprit(order, can)
      const who =
        search.kind === 'found' ? search.culprit.eventId : search.kind === 'open' ? (search.last?.eventId ?? '-') : ''
      expect(`${search.kind} ${who}`.trim()).toBe(expected)
    }
  })

  test('one that evaluation confirms: after it the service is out, before it it was in', () => {
    for (const [, history] of STORIES) {
      const search = searchCulprit(history, can)
      if (search.kind !== 'found') continue
      expect(search.culprit.document === null ? 'no' : can(search.culprit.document)).toBe('no')
      expect(can(search.before.document ?? '')).toBe('yes')
      expect(search.before.at <= search.culprit.at).toBe(true)
    }
  })
})
