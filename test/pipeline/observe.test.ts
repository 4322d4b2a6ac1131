import { describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { observe } from '../../shared/observe.ts'
import type { RoleReading } from '../../shared/ports.ts'
import { readHistory } from '../../shared/recorded-history.ts'
import { changeAt, FOREIGN, second, trustOf } from '../builders.ts'
import { type Answers, localWorld, reading } from './local-world.ts'

const [A, B] = FOREIGN

type Step = Parameters<typeof changeAt>[0]

/** What the last of these changes tells. */
async function toldLast(steps: readonly Step[], answers: Answers = {}): Promise<readonly Alert[]> {
  const { world } = localWorld(answers)
  let last: readonly Alert[] = []
  for (const step of steps) last = await observe(changeAt(step), world)
  return last
}

const gainedIn = (alerts: readonly Alert[]) =>
  alerts.flatMap((alert) => alert.comparison?.gained.map((gain) => gain.witness.principal.id) ?? [])

describe('routine is quiet', () => {
  test.each([
    [
      'a role created for a service',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      }),
    ],
    ['a role created for its own account', trustOf([])],
  ])('%s is info', async (_, document) => {
    const alerts = await toldLast([{ id: 'c', at: 1, write: 'created', document }])
    expect(alerts.map((alert) => [alert.kind, alert.severity])).toEqual([['role-created', 'info']])
  })

  test('a role created open to a stranger is not', async () => {
    const alerts = await toldLast([{ id: 'c', at: 1, write: 'created', admits: [A] }])
    expect(alerts.map((alert) => [alert.kind, alert.severity])).toEqual([['role-created', 'high']])
  })

  test('the deletion of a role is info, whoever loses by it', async () => {
    const alerts = await toldLast([
      { id: 'c', at: 1, write: 'created', admits: [A] },
      { id: 'd', at: 2, write: 'deleted' },
    ])
    expect(alerts.map((alert) => [alert.kind, alert.severity])).toEqual([['role-deleted', 'info']])
    expect(alerts[0]?.comparison?.lost).toHaveLength(2)
  })

  test('a trusted account is low', async () => {
    const config = { trustedAccounts: [{ id: A, label: 'Backup vendor', reason: 'contract' }] }
    const alerts = await toldLast(
      [
        { id: 'a', at: 1, admits: [] },
        { id: 'b', at: 2, admits: [A] },
      ],
      { config },
    )
    expect(alerts.map((alert) => alert.severity)).toEqual(['medium'])
  })
})

describe('old findings are a count, not a repetition', () => {
  test('a second stranger is told; the first, and that the whole account of the role gets in, are only counted', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [A] },
      { id: 'b', at: 2, admits: [A, B] },
    ])
    expect(alerts.map((alert) => [alert.findings.length, alert.oldFindings])).toEqual([[1, 2]])
    expect(gainedIn(alerts)).toEqual([expect.stringContaining(B)])
  })

  test('with no earlier version known, all findings are told and nobody is called gained', async () => {
    const alerts = await toldLast([{ id: 'a', at: 1, admits: [A, B] }])
    expect(alerts.map((alert) => [alert.comparison, alert.findings.length, alert.severity])).toEqual([
      [null, 3, 'high'],
    ])
  })
})

describe('several versions in force the second before', () => {
  test('each is compared with, and the worst is told', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [A] },
      { id: 'b', at: 1, admits: [] },
      { id: 'c', at: 2, admits: [A] },
    ])
    expect(gainedIn(alerts)).toEqual([expect.stringContaining(A)])
  })
})

describe('a version that comes late', () => {
  test('makes its successor tell what it newly gained, and only that', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [A] },
      { id: 'c', at: 3, admits: [A, B] },
      { id: 'b', at: 2, admits: [] },
    ])
    expect(alerts.map((alert) => alert.evidence.eventId)).toEqual(['b', 'c'])
    expect(gainedIn(alerts)).toEqual([expect.stringContaining(A)])
    expect(alerts[1]?.headline).toMatch(/an earlier change arrived late/)
  })

  test('and lets nobody in that its successor does not, is told alone', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [] },
      { id: 'c', at: 3, admits: [A] },
      { id: 'b', at: 2, admits: [A] },
    ])
    expect(alerts.map((alert) => alert.evidence.eventId)).toEqual(['b'])
  })
})

describe('is it still in force?', () => {
  const opened = changeAt({ id: 'b', at: 100, admits: [A] })
  const cases: readonly (readonly [string, RoleReading, string])[] = [
    ['IAM holds the same', reading(trustOf([A])), 'in-force'],
    ['IAM holds it in another spelling', reading(trustOf([A]).replace(`arn:aws:iam::${A}:root`, A)), 'in-force'],
    ['IAM still shows the version before: it may not have caught up', reading(trustOf([])), 'unknown'],
    ['IAM holds something else', reading(trustOf([B])), 'superseded'],
    ['IAM has no such role', { kind: 'no-such-role' }, 'gone'],
    ['the role was created after the event', reading(trustOf([A]), '2026-11-21T12:05:00Z'), 'gone'],
    ['IAM was not to be asked', { kind: 'unknown', why: 'denied' }, 'unknown'],
  ]
  test.each(cases)('%s', async (_, role, expected) => {
    const { world, alerts } = localWorld({ role })
    await observe(changeAt({ id: 'a', at: 50, admits: [] }), world)
    await observe(opened, world)
    expect(alerts.filter((alert) => alert.evidence.eventId === 'b').map((alert) => alert.inForce)).toEqual([expected])
  })

  test('IAM shows a unique id where the event named a role that was deleted since', async () => {
    const document = trustOf([A]).replace(`${A}:root`, `${A}:role/Old`)
    const shown = document.replace(`arn:aws:iam::${A}:role/Old`, 'AROAEXAMPLEID12345678')
    const alerts = await toldLast(
      [
        { id: 'a', at: 1, admits: [] },
        { id: 'b', at: 2, document },
      ],
      { role: reading(shown) },
    )
    expect(alerts.map((alert) => alert.inForce)).toEqual(['in-force'])
  })

  test('a role created within the last minute and not readable yet is unknown, later it is gone', async () => {
    const created = { id: 'c', at: 100, write: 'created', admits: [A] } as const
    const young = await toldLast([created], { role: { kind: 'no-such-role' }, now: 130 })
    const old = await toldLast([created], { role: { kind: 'no-such-role' }, now: 300 })
    expect([...young, ...old].map((alert) => alert.inForce)).toEqual(['unknown', 'gone'])
  })

  test('a version known since then means superseded, even if IAM shows an earlier one', async () => {
    const { world, alerts } = localWorld({ role: reading(trustOf([])) })
    await observe(changeAt({ id: 'a', at: 50, admits: [] }), world)
    await observe(changeAt({ id: 'c', at: 200, admits: [] }), world)
    await observe(opened, world)
    expect(alerts.filter((alert) => alert.evidence.eventId === 'b').map((alert) => alert.inForce)).toEqual([
      'superseded',
    ])
  })
})

describe("CloudTrail's history", () => {
  const record = {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: 'ana' },
    eventTime: second(1),
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    requestParameters: { roleName: 'Deploy', policyDocument: trustOf([]) },
    eventID: 'from-history',
    recipientAccountId: '111122223333',
  }

  test('gives the version before where memory has none, and is asked once', async () => {
    let asked = 0
    const { world, memory } = localWorld()
    const history = readHistory({
      trustBefore: async () => {
        asked += 1
        return { kind: 'records', records: [record] }
      },
    })
    const asking = { ...world, ports: { ...world.ports, history } }
    const first = await observe(changeAt({ id: 'b', at: 5, admits: [A] }), asking)
    await observe(changeAt({ id: 'c', at: 6, admits: [] }), asking)
    expect(gainedIn(first)).toEqual([expect.stringContaining(A)])
    expect(asked).toBe(1)
    const kept = changeAt({ id: 'from-history', at: 1 })
    expect(
      (await memory.find({ role: kept.role, at: second(1), eventId: kept.origin.eventId ?? ('' as never) }))?.standing,
    ).toBe('seen')
  })

  test('what was learnt from it and is then delivered live is judged and announced', async () => {
    const { world, alerts } = localWorld({
      history: {
        kind: 'records',
        records: [{ ...record, requestParameters: { roleName: 'Deploy', policyDocument: trustOf([A]) } }],
      },
    })
    await observe(changeAt({ id: 'b', at: 5, admits: [A] }), world)
    expect(alerts).toEqual([])
    await observe(changeAt({ id: 'from-history', at: 1, admits: [A] }), {
      ...world,
      ports: { ...world.ports, history: { trustBefore: async () => ({ kind: 'not-known', why: '' }) } },
    })
    expect(alerts.map((alert) => [alert.evidence.eventId, alert.severity])).toEqual([['from-history', 'high']])
  })
})
