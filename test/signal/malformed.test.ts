import { describe, expect, it } from 'vitest'
import { parseSignal, type Signal, signalFrom, signalOf } from '../../shared/signal.ts'
import { ACCOUNT, DOCUMENT, enveloped, type Fields, record } from './record.ts'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('a message that is no event', () => {
  it.each([
    ['nothing', '', 'the message is not JSON'],
    ['half of a message', '{"detail":', 'the message is not JSON'],
    ['300 KB of anything', 'x'.repeat(300_000), 'the message is not JSON'],
    ['text in JSON', '"UpdateAssumeRolePolicy"', 'the message is JSON, but not a JSON object'],
    ['null', 'null', 'the message is JSON, but not a JSON object'],
    ['a list', '[]', 'the message is JSON, but not a JSON object'],
    ['1,000 levels', nested(1_000), 'the message is JSON, but not a JSON object'],
    ['an empty object', '{}', 'the message is neither an EventBridge event nor a CloudTrail record'],
    [
      'another heartbeat',
      '{"trustdrift":"hello"}',
      'the message is neither an EventBridge event nor a CloudTrail record',
    ],
    ['a test without an id', '{"trustdrift":"test"}', 'the test message has no id that is a UUID'],
    ['a test with another id', '{"trustdrift":"test","id":"<!channel>"}', 'the test message has no id that is a UUID'],
    ['a test with a number for an id', '{"trustdrift":"test","id":7}', 'the test message has no id that is a UUID'],
  ])('(%s) cannot be read', (_, text, why) => {
    expect(parseSignal(text)).toMatchObject({ kind: 'unreadable', why, account: null, role: null, actor: null })
  })

  it('is told apart from another by the hash of its text', () => {
    const hashes = ['', '{', '{}', '{ }'].map((text) => hashOf(parseSignal(text)))
    expect(new Set(hashes).size).toBe(4)
    expect(hashOf(parseSignal('{'))).toBe(hashes[1])
  })

  it('is told apart by its content when it came as JSON already', () => {
    const values = [{}, { a: 1 }, { a: '1' }, { a: [1] }, { a: [[1]] }, { a: [1, 2] }, { b: 1 }, []]
    expect(new Set(values.map((value) => hashOf(signalFrom(value)))).size).toBe(values.length)
  })

  it('can be nested 100,000 levels deep', () => {
    expect(parseSignal(nested(100_000)).kind).toBe('unreadable')
    expect(signalFrom({ detail: JSON.parse(nested(100_000)) }).kind).toBe('unreadable')
  })
})

describe('an event with a fault keeps what could be read', () => {
  const role = { account: ACCOUNT, name: 'deployer', arn: null }
  const whole = { at: '2026-11-21T08:00:00Z', account: ACCOUNT, eventId: '5b8e2f0c-9d0e-4a43-8a3e-9a2a4d1c7e55' }
  const arn = `arn:aws:iam::${ACCOUNT}:role/deployer`
  it.each<[string, Fields, string, Fields]>([
    ['no eventName', { eventName: undefined }, 'the record has no eventName', { ...whole, role }],
    ['no time', { eventTime: undefined }, 'eventTime is missing or no time', { role, account: ACCOUNT }],
    ['a time in other words', { eventTime: 'Nov 21, 2026' }, 'eventTime is missing or no time', { role }],
    ['a month that is none', { eventTime: '2026-13-21T08:00:00Z' }, 'eventTime is missing or no time', { role }],
    ['no parameters', { requestParameters: null }, 'the record has no requestParameters', { ...whole, role: null }],
    [
      'no parameters but resources',
      { requestParameters: null, resources: [{ ARN: `arn:aws:s3:::b` }, { ARN: arn }] },
      'the record has no requestParameters',
      { role: { ...role, arn } },
    ],
    ['parameters that are text', { requestParameters: 'None' }, 'the record has no requestParameters', whole],
    [
      'parameters hidden behind their size',
      { requestParameters: { omitted: true, originalSize: 104_812, reason: 'requestParameters too large' } },
      'CloudTrail left the requestParameters out as too large; a document padded with blanks causes that, and hides what it says',
      { ...whole, role: null },
    ],
    ['no role', { requestParameters: { policyDocument: DOCUMENT } }, 'the record does not name the role', whole],
    [
      'an empty role',
      { requestParameters: { roleName: '', policyDocument: DOCUMENT } },
      'the record does not name the role',
      whole,
    ],
    [
      'a role that is a number',
      { requestParameters: { roleName: 7 } },
      'roleName is not a string',
      { ...whole, role: null },
    ],
    [
      'an endless role',
      { requestParameters: { roleName: 'x'.repeat(300_000) } },
      'roleName is longer than any role name can be',
      { ...whole, role: null },
    ],
    ['no document', { requestParameters: { roleName: 'deployer' } }, 'policyDocument is missing', { ...whole, role }],
    [
      'a document that is an object',
      { requestParameters: { roleName: 'deployer', policyDocument: { Version: '2012-10-17' } } },
      'policyDocument is not a string',
      { ...whole, role },
    ],
    [
      'a document no role can have',
      { requestParameters: { roleName: 'deployer', policyDocument: ' '.repeat(300_000) } },
      'policyDocument is longer than IAM takes',
      { ...whole, role },
    ],
    [
      'no account',
      { recipientAccountId: undefined, userIdentity: { type: 'IAMUser', userName: 'alice' } },
      'the account is missing',
      { role: null, actor: { type: 'IAMUser', name: 'alice' } },
    ],
  ])('(%s)', (_, changes, why, known) => {
    expect(signalOf(record(changes), 'hash')).toMatchObject({ kind: 'unreadable', why, hash: 'hash', ...known })
  })

  it.each<[string, Fields, Fields]>([
    ['no detail', enveloped(undefined), { why: 'the EventBridge event has no detail' }],
    ['null for a detail', enveloped(null), { why: 'the EventBridge event has no detail' }],
    ['text for a detail', enveloped('{}'), { why: "the EventBridge event's detail is not a JSON object" }],
    ['a list for a detail', enveloped([]), { why: "the EventBridge event's detail is not a JSON object" }],
    ['an empty detail', enveloped({}), { why: 'the record has no eventName' }],
  ])('(%s)', (_, event, known) => {
    const envelope = { at: '2026-11-21T08:00:00Z', account: ACCOUNT, region: 'us-east-1' }
    expect(signalOf(event, 'hash')).toMatchObject({ kind: 'unreadable', ...envelope, ...known })
  })
})

describe('what looks odd and is legal', () => {
  it.each<[string, Fields, Fields]>([
    ['an identity that says nothing', { userIdentity: null }, { origin: { actor: { type: 'Unknown' } } }],
    ['"None" for an answer', { responseElements: 'None', readOnly: 'False' }, { document: DOCUMENT }],
    ['a document that is no policy', params({ policyDocument: 'not JSON' }), { document: 'not JSON' }],
    ['a lone surrogate', params({ policyDocument: '"\ud800"', roleName: 'a\udfff' }), { role: { name: 'a\udfff' } }],
    [
      'a role name of control characters and markup',
      params({ roleName: '\u001b[2J<b>' }),
      { role: { name: '\u001b[2J<b>' } },
    ],
    ['a fraction of a second', { eventTime: '2026-11-21T08:00:00.123Z' }, { origin: { at: '2026-11-21T08:00:00Z' } }],
    ['only the caller says the account', { recipientAccountId: undefined }, { role: { account: ACCOUNT } }],
  ])('is read: %s', (_, changes, read) => {
    expect(signalOf(record(changes), 'hash')).toMatchObject({ kind: 'trust-written', write: 'updated', ...read })
  })

  it('of a key given twice JSON keeps the last', () => {
    const text = JSON.stringify(record()).replace('"roleName":"deployer"', '"roleName":"first","roleName":"last"')
    expect(parseSignal(text)).toMatchObject({ kind: 'trust-written', role: { name: 'last' } })
  })

  it('is deep where nobody looks', () => {
    const text = JSON.stringify(record()).replace('"responseElements":null', `"responseElements":${nested(100_000)}`)
    expect(parseSignal(text).kind).toBe('trust-written')
  })

  it("the role's account is the one that received the event, not the caller's", () => {
    const identity = { type: 'AWSAccount', accountId: '444455556666' }
    const bare = record({ userIdentity: identity })
    expect(signalOf(bare, 'hash')).toMatchObject({ role: { account: ACCOUNT } })
    const wrapped = enveloped(record({ userIdentity: identity, recipientAccountId: undefined }))
    expect(signalOf(wrapped, 'hash')).toMatchObject({ role: { account: ACCOUNT } })
  })
})

describe("a creation's document", () => {
  const answered = (assumeRolePolicyDocument: unknown) => ({
    eventName: 'CreateRole',
    requestParameters: { roleName: 'fresh' },
    responseElements: {
      role: { roleName: 'fresh', arn: `arn:aws:iam::${ACCOUNT}:role/p/fresh`, assumeRolePolicyDocument },
    },
  })
  it('comes from the answer, URL-encoded, when the request lacks it', () => {
    const signal = signalOf(record(answered(encodeURIComponent(DOCUMENT))), 'hash')
    const arn = `arn:aws:iam::${ACCOUNT}:role/p/fresh`
    expect(signal).toMatchObject({ kind: 'trust-written', write: 'created', document: DOCUMENT, role: { arn } })
  })

  it.each<[unknown, string]>([
    ['%E0%A4%A', 'assumeRolePolicyDocument is not a string'],
    [7, 'assumeRolePolicyDocument is not a string'],
    [undefined, 'assumeRolePolicyDocument is missing'],
  ])('%s in the answer cannot be read', (document, why) => {
    expect(signalOf(record(answered(document)), 'hash')).toMatchObject({
      kind: 'unreadable',
      why,
      role: { name: 'fresh' },
    })
  })
})

function params(changes: Fields): Fields {
  return { requestParameters: { roleName: 'deployer', policyDocument: DOCUMENT, ...changes } }
}

function hashOf(signal: Signal): string {
  return signal.kind === 'unreadable' ? signal.hash : signal.kind
}
