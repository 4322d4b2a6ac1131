/** What is sifted out of a file's bytes is what parsing all of it would have kept, whatever somebody put into the records. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf } from '../../shared/backfill/pieces.ts'
import { sieveFor } from '../../shared/backfill/sift.ts'

const ASKED = ['CreateRole', 'DeleteRole', 'UpdateAssumeRolePolicy']
const sift = sieveFor(ASKED)

interface Record {
  readonly eventName?: unknown
}

/** What the long way keeps. */
const kept = (records: readonly Record[]) => records.filter(({ eventName }) => ASKED.includes(String(eventName)))

/** The same from what sifting leaves: all of it, or what it picked. */
function sifted(text: string, all: readonly Record[]): readonly object[] | null {
  const result = sift(Buffer.from(text))
  if (result.kind === 'no-events') return []
  return kept(result.kind === 'parse-all' ? all : result.records)
}

const record = (eventName: string, more: object = {}) => ({
  eventVersion: '1.11',
  eventName,
  eventSource: 'x',
  ...more,
})
const file = (...records: readonly object[]) => JSON.stringify({ Records: records })

describe('a file as CloudTrail writes it', () => {
  test.each([
    ['holds none of the asked kinds', file(record('AssumeRole'), record('GetRole')), []],
    ['holds one between others', file(record('A'), record('CreateRole', { n: 1 }), record('B')), [1]],
    ['holds one at its end', file(record('A'), record('CreateRole', { n: 1 })), [1]],
    ['holds one alone', file(record('DeleteRole', { n: 1 })), [1]],
    ['names the event behind other fields', file({ eventVersion: '1', n: 1, a: [{}], eventName: 'CreateRole' }), [1]],
    ['has blanks around the colon', file(record('CreateRole', { n: 1 })).replace('Name":', 'Name" :\n\t'), [1]],
    ['has a blank behind the colon', file(record('CreateRole', { n: 1 })).replaceAll(':', ': '), [1]],
  ])('%s', (_, text, numbers) => {
    const result = sift(Buffer.from(text))
    expect(result).toMatchObject({ kind: 'records', records: numbers.map((n) => ({ n })) })
  })

  test('without a single event is told apart from one without the asked ones', () => {
    expect(sift(Buffer.from('{"Records":[]}')).kind).toBe('no-events')
    expect(sift(Buffer.from('{"digestStartTime":"x"}')).kind).toBe('no-events')
  })
})

describe('what is written otherwise is parsed as a whole', () => {
  test.each([
    ['a name with an escaped letter', file(record('CreateRole')).replace('Create', '\\u0043reate')],
    ['a key with an escaped letter', file(record('CreateRole')).replace('eventName', '\\u0065ventName')],
    ['a record that does not begin with its version', JSON.stringify({ eventName: 'CreateRole', eventVersion: '1' })],
    ['a record inside a record', file(record('A', { inner: record('CreateRole') }))],
    ['a record that was cut off', file(record('CreateRole')).slice(0, -6)],
    ['lines laid out for reading', JSON.stringify({ Records: [record('CreateRole')] }, null, 2)],
  ])('%s', (_, text) => {
    expect(sift(Buffer.from(text)).kind).toBe('parse-all')
  })
})

const name = fc.constantFrom('CreateRole', 'DeleteRole', 'UpdateAssumeRolePolicy', 'AssumeRole', 'createrole', '')
const hostile = fc.constantFrom(
  '{"eventVersion":"1","eventName":"CreateRole"}',
  '"eventName":"CreateRole"',
  '},{"eventVersion":"1.11","eventName":"DeleteRole"},',
  ']}',
  '\\u0043',
)
const value = fc.oneof(hostile, fc.string(), fc.jsonValue(), fc.constant(record('CreateRole')))
const anyRecord = fc
  .tuple(name, value, value, fc.constantFrom('eventVersion', 'a'))
  .map(([eventName, before, after, first]) => ({ [first]: before, b: before, eventName, after }))

test('nothing that parsing would keep is overlooked, and nothing is made up', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 6 }), fc.constantFrom(undefined, 2), (records, indent) => {
      expect(sifted(JSON.stringify({ Records: records }, null, indent), records)).toEqual(
        JSON.parse(JSON.stringify(kept(records))),
      )
    }),
    { numRuns: 2_000 },
  )
})

/** As a file comes that is unpacked bit by bit. */
async function inPieces(text: string, chunk: number): Promise<readonly Buffer[]> {
  const bytes = Buffer.from(text)
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const pieces: Buffer[] = []
  for await (const piece of piecesOf(chunks())) pieces.push(piece)
  return pieces
}

test('in pieces a file holds the same, wherever it was cut', async () => {
  const records = fc.array(anyRecord, { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 400 }), async (records, chunk) => {
      const text = JSON.stringify({ Records: records })
      const pieces = await inPieces(text, chunk)
      expect(Buffer.concat(pieces).toString()).toBe(text)
      const found = pieces.map(sift)
      if (found.some(({ kind }) => kind === 'parse-all')) return
      const picked = found.flatMap((one) => (one.kind === 'records' ? one.records : []))
      expect(kept(picked)).toEqual(JSON.parse(JSON.stringify(kept(records))))
    }),
    { numRuns: 2_000 },
  )
})

test('a file as CloudTrail writes it is parsed as a whole in no pieces', async () => {
  const text = file(
    record('A'),
    record('CreateRole', { n: 1 }),
    record('B'),
    record('DeleteRole', { n: 2 }),
    record('C'),
  )
  for (let chunk = 1; chunk < text.length; chunk += 1) {
    const found = (await inPieces(text, chunk)).map(sift)
    expect(found.flatMap((one) => (one.kind === 'records' ? one.records : [one.kind]))).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ n: 1 }), expect.objectContaining({ n: 2 })]),
    )
    expect(found.map(({ kind }) => kind)).not.toContain('parse-all')
  }
})
