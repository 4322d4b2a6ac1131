import { describe, expect, it } from 'vitest'
import { signalOf } from '../../shared/signal.ts'
import { enveloped, type Fields, record } from './record.ts'

function idOf(value: unknown): string | null {
  const signal = signalOf(value, 'hash')
  return 'origin' in signal ? signal.origin.eventId : null
}

const old = (changes: Fields = {}) => record({ eventID: undefined, recipientAccountId: undefined, ...changes })

describe('one happening has one id', () => {
  it("which is CloudTrail's, never the envelope's", () => {
    const first = enveloped(record(), { id: 'one' })
    const second = enveloped(record(), { id: 'two' })
    expect([idOf(first), idOf(second), idOf(record())]).toEqual(Array(3).fill(record().eventID))
  })

  it('made of what the record says where CloudTrail gave none, bare or wrapped', () => {
    expect(idOf(old())).toMatch(/^event-[0-9a-f]{32}$/)
    expect(idOf(enveloped(old()))).toBe(idOf(old()))
  })

  it.each<[string, Fields]>([
    ['time', { eventTime: '2026-11-21T08:00:01Z' }],
    ['role', { requestParameters: { roleName: 'other', policyDocument: '{}' } }],
    ['document', { requestParameters: { roleName: 'deployer', policyDocument: '{}' } }],
    ['request', { requestID: 'another' }],
    [
      'caller',
      { userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/bob', accountId: '111122223333' } },
    ],
    ['unusable id', { eventID: 'not an id' }],
  ])('and another for another %s', (_, changes) => {
    expect(idOf(old(changes))).toMatch(/^event-/)
    expect(idOf(old(changes))).not.toBe(idOf(old()))
  })
})

describe('a record that CloudTrail sends once more', () => {
  const again = (addendum: unknown) => idOf(record({ eventID: 'again', addendum }))
  it('with more about the connection is the first happening', () => {
    expect(again({ reason: 'UPDATED_DATA', updatedFields: 'tlsDetails', originalEventID: 'first' })).toBe('first')
  })

  it.each<[string, unknown]>([
    [
      'with other parameters',
      { reason: 'UPDATED_DATA', updatedFields: 'requestParameters.policyDocument', originalEventID: 'first' },
    ],
    [
      'with an error it had not',
      { reason: 'UPDATED_DATA', updatedFields: 'errorCode,errorMessage', originalEventID: 'first' },
    ],
    ['without saying what changed', { reason: 'UPDATED_DATA', originalEventID: 'first' }],
    ['without saying which it was', { reason: 'UPDATED_DATA', updatedFields: 'tlsDetails' }],
    ['late', { reason: 'DELIVERY_DELAY' }],
    ['strangely', 'UPDATED_DATA'],
  ])('%s is judged as its own', (_, addendum) => {
    expect(again(addendum)).toBe('again')
  })
})
