import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openMemory } from '../../shared/local/memory.ts'
import { OWN } from '../builders.ts'
import { describeMemory } from '../memory-contract.ts'
import { versionOf } from '../versions.ts'

const folder = mkdtempSync(join(tmpdir(), 'trustdrift-memory-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeMemory('memory in the process', async () => {
  const memory = openMemory(null)
  return { memory, close: async () => memory.close() }
})

describeMemory('memory in a file', async () => {
  const memory = openMemory(join(folder, 'contract.jsonl'))
  return { memory, close: async () => memory.close() }
})

describe('a memory file', () => {
  const version = versionOf({ role: { account: OWN, name: 'kept', arn: null } })

  test('gives back what an earlier run kept', async () => {
    const file = join(folder, 'kept.jsonl')
    const first = openMemory(file)
    await first.keep(version)
    await first.addJudged(version, ['2026-11-21T11:00:00Z#earlier'])
    await first.settle(version)
    await first.markTold('alert-1')
    first.close()
    const second = openMemory(file)
    expect(await second.find(version)).toEqual({
      ...version,
      settled: true,
      judgedAgainst: [...new Set([...version.judgedAgainst, '2026-11-21T11:00:00Z#earlier'])],
    })
    expect(await second.wasTold('alert-1')).toBe(true)
    second.close()
  })

  test('loses nothing but the line that a killed run was writing', async () => {
    const file = join(folder, 'torn.jsonl')
    const first = openMemory(file)
    await first.keep(version)
    first.close()
    const whole = readFileSync(file, 'utf8')
    appendFileSync(file, whole.slice(0, 40))
    const second = openMemory(file)
    expect(await second.find(version)).toEqual(version)
    second.close()
    expect(readFileSync(file, 'utf8')).toBe(whole)
  })

  test('of another make is refused, by the line that does not fit', () => {
    const file = join(folder, 'other.jsonl')
    writeFileSync(file, '{"op":"told","id":"a"}\nnot a line of ours\n')
    expect(() => openMemory(file)).toThrow(/other\.jsonl line 2 is not a line of a Trustdrift memory/)
  })

  test('that a later release wrote is refused, and not read by guess', () => {
    const file = join(folder, 'later.jsonl')
    writeFileSync(file, `${JSON.stringify({ op: 'keep', schema: 2, version })}\n`)
    expect(() => openMemory(file)).toThrow(/later\.jsonl line 1/)
  })

  test('does not grow when the same is kept again', async () => {
    const file = join(folder, 'same.jsonl')
    const memory = openMemory(file)
    await memory.keep({ ...version, standing: 'seen' })
    const size = readFileSync(file).length
    await memory.keep({ ...version, standing: 'seen' })
    expect(readFileSync(file).length).toBe(size)
    memory.close()
  })
})
