/** When a way back is offered, and when the way back would be worse than the way forward. */

import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Actor, Alert } from '../../shared/alert.ts'
import { observe } from '../../shared/observe.ts'
import { writeCommand } from '../../shared/write-command.ts'
import { changeAt, FOREIGN, trustOf } from '../builders.ts'
import { localWorld } from './local-world.ts'

const [A, B] = FOREIGN

/** What the last of these changes tells. */
async function toldLast(steps: readonly Parameters<typeof changeAt>[0][]): Promise<readonly Alert[]> {
  const { world } = localWorld()
  let last: readonly Alert[] = []
  for (const step of steps) last = await observe(changeAt(step), world)
  return last
}

function actorOf(arn: string): Actor {
  return { type: 'IAMUser', name: 'bob', arn, via: null, sourceIp: null, userAgent: null, mfa: null }
}

describe('the restoring command', () => {
  test('is offered while the change may be in force', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [] },
      { id: 'b', at: 2, admits: [A] },
    ])
    expect(alerts[0]?.restore?.command).toBe(
      `aws iam update-assume-role-policy --role-name Deploy --policy-document '${trustOf([])}'`,
    )
  })

  test('is not offered where the earlier policy would itself let a stranger in', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [A] },
      { id: 'b', at: 2, admits: [A, B] },
    ])
    expect(alerts.map((alert) => alert.restore)).toEqual([null])
  })

  const BOB = 'arn:aws:iam::111122223333:user/bob'
  const letsBobIn = trustOf([]).replace(`"arn:aws:iam::111122223333:root"`, `"arn:aws:iam::111122223333:root","${BOB}"`)

  test.each([
    ['is not offered where whoever wrote the earlier policy let themselves in by it', BOB, 'updated', false],
    [
      'is offered where the earlier policy names a colleague of who wrote it',
      BOB.replace('bob', 'ana'),
      'updated',
      true,
    ],
    ['is offered where whoever created the role is named in it', BOB, 'created', true],
  ] as const)('%s', async (_, writer, write, isOffered) => {
    const { world } = localWorld()
    const written = changeAt({ id: 'a', at: 1, document: letsBobIn, write })
    await observe({ ...written, origin: { ...written.origin, actor: actorOf(writer) } }, world)
    const [alert] = await observe(changeAt({ id: 'b', at: 2, admits: [A] }), world)
    expect(alert?.restore !== null).toBe(isOffered)
  })

  test('is not offered when somebody only lost access', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [A] },
      { id: 'b', at: 2, admits: [] },
    ])
    expect(alerts.map((alert) => alert.restore)).toEqual([null])
  })

  test('is not offered where the earlier policy names a deleted principal', async () => {
    const broken = trustOf([]).replace(
      '"arn:aws:iam::111122223333:root"',
      '"arn:aws:iam::111122223333:root","AROAEXAMPLEID12345678"',
    )
    const alerts = await toldLast([
      { id: 'a', at: 1, document: broken },
      { id: 'b', at: 2, admits: [A] },
    ])
    expect(alerts.map((alert) => alert.restore)).toEqual([null])
  })

  test('is not offered where two versions share the second before', async () => {
    const alerts = await toldLast([
      { id: 'a', at: 1, admits: [] },
      { id: 'b', at: 1, document: trustOf([]).replace('sts:AssumeRole', 'sts:TagSession') },
      { id: 'c', at: 2, admits: [A] },
    ])
    expect(alerts.filter(({ evidence }) => evidence.eventId === 'c').map((alert) => alert.restore)).toEqual([null])
  })

  test.each(['Deploy', '-x', "it's", 'a b;c', '$(id)', '`id`'])(
    'reaches the program as it is meant, for role %s',
    (role) => {
      const policy = trustOf([A], { StringEquals: { 'sts:ExternalId': 'o\'neil $HOME `x` \\ "q"' } })
      const shell = `aws() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${writeCommand(role, policy)}`
      const words = spawnSync('sh', ['-c', shell], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1)
      const name = role.startsWith('-') ? [`--role-name=${role}`] : ['--role-name', role]
      expect(words).toEqual([
        'iam',
        'update-assume-role-policy',
        ...name,
        '--policy-document',
        JSON.stringify(JSON.parse(policy)),
      ])
    },
  )
})
