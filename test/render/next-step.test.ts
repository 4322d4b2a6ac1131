/** What an alert asks its reader to do, where there is no command to run: read at three in the morning, it must be true of this case. */

import { expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { accountOf } from '../../shared/render/account.ts'
import { nextStep } from '../../shared/render/remedy.ts'
import { inForceWords } from '../../shared/render/words.ts'
import { alertNamed } from './sample-alerts.ts'

const unreadable = alertNamed('unreadable')
const withId: Alert = { ...unreadable, evidence: { ...unreadable.evidence, eventId: '5c1d' } }

test.each<readonly [string, Alert, RegExp]>([
  [
    'an event of which nothing could be read is looked for by its time',
    unreadable,
    /^Look in CloudTrail .* at this time/,
  ],
  ['an event with an id is read itself', withId, /^Read the event itself/],
  [
    'a policy that could not be read is read in IAM',
    alertNamed('unreadable-policy'),
    /^Read the role’s trust policy in IAM/,
  ],
  [
    'a message that is no alert is no event: whoever wrote it is looked for',
    alertNamed('unreadable-message'),
    /^Find out what wrote it/,
  ],
  [
    'a change that could not be decided is decided by its reader',
    alertNamed('undecided'),
    /^Read the role’s trust policy, and what stands under Undecided/,
  ],
])('%s', (_, alert, expected) => {
  expect(nextStep(alert)).toMatch(expected)
})

test('who only lost access, as far as could be decided, may not be all of it', () => {
  const alert = alertNamed('undecided')
  const { comparison } = alert
  const lost = alertNamed('closed').comparison?.lost ?? []
  expect(lost).not.toEqual([])
  expect(nextStep({ ...alert, comparison: comparison && { ...comparison, lost } })).toMatch(
    /^Read the role’s trust policy, and/,
  )
})

test('a message of the queue is not said to be in CloudTrail, nor an event', () => {
  const message = alertNamed('unreadable-message')
  expect(inForceWords(message)).not.toContain('CloudTrail')
  expect(accountOf(message, { most: 5, rest: '' }).who).toEqual([])
})
