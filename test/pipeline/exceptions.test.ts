import { describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { observe } from '../../shared/observe.ts'
import { renderAlert } from '../../shared/render/terminal.ts'
import { changeAt, FOREIGN, trustOf } from '../builders.ts'
import { localWorld } from './local-world.ts'

const [A] = FOREIGN
const exception = { role: 'Dep*', rule: 'foreign-account', reason: 'until the move', expires: '2099-01-01' }
const open = { id: 'open', at: 1, admits: [A] }
const narrowed = {
  id: 'narrowed',
  at: 5,
  document: trustOf([A], { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8' } }),
}

async function toldLast(
  steps: readonly Parameters<typeof changeAt>[0][],
  extra: object = {},
): Promise<readonly Alert[]> {
  const { world } = localWorld({ config: { exceptions: [{ ...exception, ...extra }] } })
  let last: readonly Alert[] = []
  for (const step of steps) last = await observe(changeAt(step), world)
  return last
}

describe('an exception', () => {
  test('hides nobody who gains: the finding stands, at full severity', async () => {
    const [alert] = await toldLast([
      { id: 'closed', at: 1, admits: [] },
      { ...open, at: 5 },
    ])
    expect(alert).toMatchObject({ severity: 'high', findings: [{ rule: 'foreign-account' }] })
    expect(alert).not.toHaveProperty('exceptedFindings')
  })

  test('hides nothing where no earlier version is known', async () => {
    const [alert] = await toldLast([open])
    expect(alert).toMatchObject({
      comparison: null,
      severity: 'high',
      findings: [{ rule: 'foreign-account' }, { rule: 'whole-account' }],
    })
  })

  test('leaves out a finding about somebody who had access before, and counts it where people read', async () => {
    const [alert] = await toldLast([open, narrowed])
    expect(alert).toMatchObject({ findings: [], exceptedFindings: 1 })
    if (alert === undefined) throw new Error('nothing was told')
    expect(renderAlert(alert, { colour: false, width: 100 })).toContain('1 finding left out by an exception')
  })

  test.each([
    ['of another rule', { rule: 'public-role' }],
    ['of another role', { role: 'Audit' }],
    ['of another principal', { principal: '777788889999' }],
    ['that is over', { expires: '2026-01-01' }],
  ])('%s leaves nothing out', async (_, extra) => {
    const [alert] = await toldLast([open, narrowed], extra)
    expect(alert?.findings.map(({ rule }) => rule)).toEqual(['foreign-account'])
    expect(alert).not.toHaveProperty('exceptedFindings')
  })
})
