import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gathered, readLetter } from '../../shared/channel/letter.ts'
import { alertOf, nth, queued, queuedText } from './alerts.ts'

describe('a message of the queue', () => {
  test('is the alert that was published, to the last field', () => {
    const alert = alertOf({
      findings: [
        {
          id: 'f',
          rule: 'foreign-account',
          severity: 'high',
          title: 't',
          says: 's',
          why: 'w',
          statement: 0,
          principal: 'p',
          fix: { summary: 's', policy: '{}' },
          reference: 'r',
        },
      ],
      actor: { type: 'Root', name: 'root', arn: null, via: null, sourceIp: null, userAgent: null, mfa: true },
      usedBy: [{ service: 'web', arn: 'arn', region: 'us-east-1', as: 'instance' }],
      restore: { command: 'aws iam …' },
    })
    expect(readLetter(queued(alert))).toEqual({ kind: 'alert', alert, messages: [queued(alert)] })
  })

  test('may carry fields of a later version: they are left aside', () => {
    const later = { ...alertOf(), urgency: 'now', role: { name: 'deploy', arn: null, path: '/' } }
    expect(readLetter(queuedText(JSON.stringify(later)))).toMatchObject({
      kind: 'alert',
      alert: alertOf({ role: { name: 'deploy', arn: null } }),
    })
  })

  test('may still be in the envelope of SNS, where raw delivery is off', () => {
    const envelope = { Type: 'Notification', MessageId: 'm', Message: JSON.stringify(alertOf()) }
    expect(readLetter(queuedText(JSON.stringify(envelope)))).toMatchObject({ kind: 'alert', alert: alertOf() })
  })
})

describe('what is no alert is told all the same', () => {
  const { severity: _, ...withoutSeverity } = alertOf()
  const unread: readonly (readonly [string, string, RegExp])[] = [
    ['no JSON', '{"half":', /it is not JSON/],
    ['a list', '[]', /its version is not/],
    ['null', 'null', /its whole is not/],
    ['a later version of the alert', JSON.stringify({ ...alertOf(), version: 2 }), /its version is not/],
    ['a kind nobody knows yet', JSON.stringify({ ...alertOf(), kind: 'weather' }), /its kind is not/],
    ['an alert that lost its severity', JSON.stringify(withoutSeverity), /its severity is not/],
    ['an envelope of SNS around something else', '{"Type":"Notification","Message":"hello"}', /its whole is not/],
    ['an id too long for a record', JSON.stringify(alertOf({ id: 'x'.repeat(2_000) })), /its id is not/],
  ]
  test.each(unread)('%s becomes a notice that names the message and what is wrong', (_, body, why) => {
    const { kind, alert } = readLetter(queuedText(body, '5a1b'))
    expect([kind, alert.kind, alert.severity, alert.at]).toEqual([
      'notice',
      'unreadable',
      'high',
      '2026-11-21T12:00:05Z',
    ])
    expect(alert.headline).toContain('Message 5a1b could not be read as an alert')
    expect(alert.headline).toMatch(why)
  })

  test('its headline and role are named where they can be read', () => {
    const { alert } = readLetter(queuedText(JSON.stringify({ ...alertOf(), version: 2 })))
    expect(alert.headline).toContain('Any principal of account 999988887777 can now assume role deploy')
    expect([alert.role?.name, alert.account]).toEqual(['deploy', '111122223333'])
  })

  test('twice the same is one notice, another is another', () => {
    const id = (body: string) => readLetter(queuedText(body)).alert.id
    expect(id('{')).toBe(id('{'))
    expect(id('{')).not.toBe(id('{{'))
  })

  test('whatever the text, something is told', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constant('['.repeat(100_000)))
    fc.assert(
      fc.property(texts, (text) => {
        expect(readLetter(queuedText(text)).alert.headline.length).toBeGreaterThan(0)
      }),
    )
  })
})

test('the same alert in two messages is one letter, and both messages are its', () => {
  const [one, again] = [queued(nth(1), 'a'), queued(nth(1), 'b')]
  const letters = gathered([one, queued(nth(2), 'c'), again].map(readLetter))
  expect(letters.map(({ alert, messages }) => [alert.id, messages.map(({ id }) => id)])).toEqual([
    ['alert-1', ['a', 'b']],
    ['alert-2', ['c']],
  ])
})
