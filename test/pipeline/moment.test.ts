import { describe, expect, test } from 'vitest'
import { observe } from '../../shared/observe.ts'
import { changeAt, FOREIGN, OWN, second, trustOf } from '../builders.ts'
import { localWorld } from './local-world.ts'

const [A] = FOREIGN
const HOUR = 3600

/** The own account for ever, and a stranger until a second of the day. */
function openUntil(end: number): string {
  const own = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: 'sts:AssumeRole' }
  const until = { DateLessThan: { 'aws:CurrentTime': second(end) } }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [own, { ...own, Principal: { AWS: `arn:aws:iam::${A}:root` }, Condition: until }],
  })
}

async function told(documents: readonly string[], now: number) {
  const { world } = localWorld({ now })
  await observe(changeAt({ id: 'before', at: 1, document: documents[0] ?? '' }), world)
  return observe(changeAt({ id: 'after', at: HOUR, document: documents[1] ?? '' }), world)
}

describe('a change is judged by its own moment', () => {
  test('a stranger is let in until later, however late the event is judged', async () => {
    const [alert] = await told([trustOf([]), openUntil(2 * HOUR)], 5 * HOUR)
    expect(alert).toMatchObject({ severity: 'high', comparison: { verdict: 'widened' } })
  })

  test('a date that had passed let nobody in, and is told as over', async () => {
    const [alert] = await told([trustOf([]), openUntil(HOUR - 60)], HOUR)
    expect(alert).toMatchObject({ severity: 'medium', comparison: { verdict: 'equivalent', gained: [] } })
    expect(alert?.findings.map(({ rule }) => rule)).toEqual(['time-is-over'])
  })

  test('nobody loses by it that what had run out is taken away', async () => {
    expect(await told([openUntil(HOUR - 60), trustOf([])], HOUR)).toEqual([])
  })

  test('who had run out and is given more time gains', async () => {
    const [alert] = await told([openUntil(HOUR - 60), openUntil(2 * HOUR)], HOUR)
    expect(alert).toMatchObject({ severity: 'high', comparison: { verdict: 'widened' } })
  })
})
