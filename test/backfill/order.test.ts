/** Within one second only what is possible: made before written to, written to before gone, gone before made again. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inOrder } from '../../shared/backfill/order.ts'
import type { Version } from '../../shared/ports.ts'
import { roleOf, versionOf } from '../versions.ts'

const role = roleOf('Deploy')

/** `1:created:a` is event a, a creation, in second 1. */
function version(word: string): Version {
  const [at = '', change = '', id = ''] = word.split(':')
  const kind = (['created', 'updated', 'deleted', 'observed'] as const).find((known) => known.startsWith(change))
  if (kind === undefined) throw new Error(`${word} names no change`)
  const document = kind === 'deleted' ? null : '{"Statement":[]}'
  return versionOf({ role, at: `2026-11-21T12:00:0${at}Z`, id, change: kind, document })
}

const idsOf = (versions: readonly Version[]) => versions.map(({ eventId }) => eventId).join(' ')

describe('changes of one second', () => {
  test.each([
    ['a creation precedes updates', '1:u:a 1:c:b', 'b a'],
    ['updates precede the deletion', '1:d:a 1:u:b 1:u:c', 'b c a'],
    ['a role that only comes and goes', '1:d:a 1:c:b', 'b a'],
    ['a role that was there is deleted before it is made again', '0:c:z 1:c:a 1:d:b', 'z b a'],
    ['an update says that the role was there', '0:u:z 1:c:a 1:d:b 1:u:c', 'z c b a'],
    ['a role that is written to afterwards was re-created', '1:c:a 1:d:b 2:u:c', 'b a c'],
    ['a role that is made afterwards was deleted', '1:d:a 1:c:b 2:c:c', 'b a c'],
    ['deleted, made again and deleted', '0:c:z 1:d:a 1:d:b 1:c:c', 'z a c b'],
    ['made, deleted and made again', '1:c:a 1:c:b 1:d:c', 'a c b'],
    ['after a deletion comes a creation', '0:c:y 1:d:z 2:d:a 2:c:b', 'y z b a'],
    ['updates among themselves go by event id', '1:u:b 1:u:a', 'a b'],
  ])('%s', (_, words, expected) => {
    expect(idsOf(inOrder(words.split(' ').map(version)))).toBe(expected)
  })

  test('the order is the same whatever order they were read in, and nothing is lost', () => {
    const change = fc.constantFrom('created', 'updated', 'deleted')
    const many = fc.uniqueArray(
      fc.record({ at: fc.integer({ min: 0, max: 3 }), change, id: fc.integer({ min: 10, max: 99 }) }),
      {
        selector: ({ id }) => id,
        maxLength: 12,
      },
    )
    const shuffled = many.chain((parts) =>
      fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })),
    )
    fc.assert(
      fc.property(shuffled, ([parts, mixed]) => {
        const versions = (list: typeof parts) => list.map((part) => version(`${part.at}:${part.change}:${part.id}`))
        const ordered = idsOf(inOrder(versions(parts)))
        expect(idsOf(inOrder(versions(mixed)))).toBe(ordered)
        expect(ordered.split(' ').filter(Boolean).length).toBe(parts.length)
      }),
    )
  })
})
