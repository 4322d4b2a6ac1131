/** Who came in: read from the record of the call, counted only where a stranger did. */

import { describe, expect, test } from 'vitest'
import { type Entry, entryIn } from '../../shared/backfill/entry.ts'
import { usesOf } from '../../shared/backfill/uses.ts'
import { roleArn } from '../../shared/identity.ts'
import { openMemory } from '../../shared/local/memory.ts'
import { readTrust } from '../../shared/policy/read.ts'
import { FOREIGN, OWN, second, trustOf } from '../builders.ts'

const [partner, stranger] = FOREIGN
const ROLE = `arn:aws:iam::${OWN}:role/app/deploy`
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`

let ids = 0

function call(identity: object, more: object = {}): object {
  return {
    eventVersion: '1.11',
    eventTime: second(5),
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    eventID: `call-${ids++}`,
    sourceIPAddress: '203.0.113.9',
    requestParameters: { roleArn: ROLE, roleSessionName: 'x' },
    responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLE', sessionToken: 'the-token' } },
    userIdentity: identity,
    ...more,
  }
}

const byRole = (account: string, name = 'ci') => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
  accountId: account,
})

const byRepository = (subject: string) => ({
  type: 'WebIdentityUser',
  principalId: `${GITHUB}:sts.amazonaws.com:${subject}`,
  userName: subject,
  identityProvider: GITHUB,
})

function entry(identity: object, more: object = {}): Entry {
  const found = entryIn(call(identity, more))
  if (found.kind !== 'entry') throw new Error('the record is an entry')
  return found.entry
}

describe('a call that let somebody in', () => {
  test('says who, from where, and asks the trust policy as the caller did', () => {
    const asked = { requestParameters: { roleArn: ROLE, roleSessionName: 'x', externalId: 'agreed' } }
    expect(entry(byRole(stranger), asked)).toMatchObject({
      role: ROLE,
      at: second(5),
      caller: `arn:aws:sts::${stranger}:assumed-role/ci/session`,
      account: stranger,
      source: '203.0.113.9',
      request: { action: 'sts:AssumeRole', context: { 'sts:ExternalId': 'agreed' } },
    })
  })

  test('keeps nothing of the credentials', () => {
    expect(JSON.stringify(entry(byRole(stranger)))).not.toMatch(/token|ASIA/)
  })

  test('through an identity provider has a subject and an audience', () => {
    const subject = 'repo:example-org/shop:ref:refs/heads/main'
    const through = { eventName: 'AssumeRoleWithWebIdentity' }
    expect(entry(byRepository(subject), through)).toMatchObject({
      caller: subject,
      account: null,
      request: {
        principal: { type: 'Federated', id: GITHUB },
        context: {
          'token.actions.githubusercontent.com:sub': subject,
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        },
      },
    })
  })

  test('of another account has no ARN, and is named by its account', () => {
    const identity = { type: 'AWSAccount', principalId: 'AROAEXAMPLE:ticket-7', accountId: stranger }
    expect(entry(identity)).toMatchObject({ caller: `ticket-7 of account ${stranger}`, account: stranger })
  })

  test.each([
    ['failed', call(byRole(stranger), { errorCode: 'AccessDenied' })],
    ['was made by a service', call({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' })],
    ['is another', call(byRole(stranger), { eventName: 'GetCallerIdentity' })],
    ['is of another service', call(byRole(stranger), { eventSource: 'iam.amazonaws.com' })],
  ])('that %s is no entry', (_, record) => {
    expect(entryIn(record).kind).toBe('no-entry')
  })

  test.each([
    ['names no role', call(byRole(stranger), { requestParameters: null }), 'it does not name the role'],
    ['has no time', call(byRole(stranger), { eventTime: 'noon' }), 'it has no time or no id'],
    ['names no caller', call({ type: 'Unknown' }), 'it does not name the caller'],
    ['is no record', 'AssumeRole', 'it is not a JSON object'],
  ])('that %s is not passed over', (_, record, why) => {
    expect(entryIn(record)).toMatchObject({ kind: 'entry-unreadable', why })
  })

  test('of which only the role is not told is an entry of the role whose callers were asked for', () => {
    expect(entryIn(call(byRole(stranger), { requestParameters: null }), roleArn(ROLE))).toMatchObject({
      kind: 'entry',
      entry: { role: ROLE },
    })
  })

  test('across accounts is one, whichever of its two records is read', () => {
    const shared = { sharedEventID: 'one-call' }
    const callers = entry(byRole(stranger), shared)
    const roles = entry({ type: 'AWSAccount', principalId: 'AROAEXAMPLE:x', accountId: stranger }, shared)
    for (const order of [
      [callers, roles],
      [roles, callers],
    ]) {
      const memory = openMemory(null)
      for (const one of order) memory.keepEntry(one)
      expect([...memory.entries()]).toEqual([callers])
    }
  })
})

describe('uses', () => {
  const guarded = readTrust(trustOf([partner], { StringEquals: { 'sts:ExternalId': 'agreed' } })).policy
  const opening = { from: second(2), to: second(9), before: guarded, selfGranted: [], about: { account: OWN } }
  const callersOf = (entries: readonly Entry[], more: object = {}) =>
    usesOf(entries, { ...opening, ...more }).map(({ caller }) => caller)

  test('are those of strangers, by caller, with how often and from where', () => {
    const from = (sourceIPAddress: string, n: number) => ({ sourceIPAddress, eventTime: second(n) })
    const entries = [entry(byRole(stranger), from('203.0.113.9', 7)), entry(byRole(stranger), from('198.51.100.1', 3))]
    expect(usesOf(entries, opening)).toEqual([
      {
        caller: `arn:aws:sts::${stranger}:assumed-role/ci/session`,
        account: stranger,
        sources: ['198.51.100.1', '203.0.113.9'],
        count: 2,
        first: second(3),
        last: second(7),
      },
    ])
  })

  test('of whom the trust before would have let in are none', () => {
    const agreed = { requestParameters: { roleArn: ROLE, externalId: 'agreed' } }
    expect(callersOf([entry(byRole(partner), agreed)])).toEqual([])
    expect(callersOf([entry(byRole(partner))])).toHaveLength(1)
  })

  test('of the own account, the organisation and trusted accounts are none', () => {
    const trusted = { id: stranger, label: 'vendor', reason: 'contract' }
    const organization = { id: 'o-a1b2c3d4e5', accounts: [partner] }
    const about = { account: OWN, organization, trustedAccounts: [trusted] }
    expect(
      callersOf(
        [OWN, partner, stranger].map((account) => entry(byRole(account))),
        { about },
      ),
    ).toEqual([])
  })

  test('of one who let himself in count, own account or not', () => {
    const selfGranted = [`arn:aws:iam::${OWN}:role/path/ci`]
    expect(callersOf([entry(byRole(OWN)), entry(byRole(OWN, 'other'))], { selfGranted })).toEqual([
      `arn:aws:sts::${OWN}:assumed-role/ci/session`,
    ])
  })

  test('outside the exposure are none', () => {
    const at = (n: number) => entry(byRole(stranger), { eventTime: second(n) })
    expect(callersOf([at(1), at(10)])).toEqual([])
    expect(callersOf([at(10)], { to: null })).toHaveLength(1)
  })

  test('where nobody knows the trust before, every stranger counts', () => {
    const through = { eventName: 'AssumeRoleWithWebIdentity' }
    const entries = [
      entry(byRole(stranger)),
      entry(byRepository('repo:someone/else:ref:x'), through),
      entry(byRole(OWN)),
    ]
    expect(callersOf(entries, { before: null })).toHaveLength(2)
  })
})
