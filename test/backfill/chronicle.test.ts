/** A role's past in words: what each change did, and from when to when it was open to a stranger. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chronicleOf, type Past } from '../../shared/backfill/chronicle.ts'
import { instantOf } from '../../shared/identity.ts'
import type { Version } from '../../shared/ports.ts'
import { versionOf } from '../../shared/version.ts'
import { type ChangeParts, changeAt, FOREIGN, OWN, roleOf, second, trustOf } from '../builders.ts'

const [stranger, other] = FOREIGN
const about = { account: OWN }
const everything = instantOf(0)
const own = `any principal of account ${OWN} (the role’s own account)`

/** A creation, a change, a deletion … one a second, from second 0 on. */
function past(...changes: readonly Omit<ChangeParts, 'id' | 'at'>[]): Past {
  const versions = changes.map((parts, at) => versionOf(changeAt({ id: `event-${at}`, at, ...parts }), 'seen'))
  return { versions, failed: [], role: roleOf('deploy'), about }
}

/** `1-3 high event-1>event-3`: an exposure in short. */
function short({ versions, ...rest }: Past, from = everything): readonly string[] {
  const numberOf = (at: string | null) => (at === null ? '' : (Date.parse(at) - Date.parse(second(0))) / 1_000)
  return chronicleOf({ versions, ...rest }, from).exposures.map(
    ({ exposure: one }) =>
      `${numberOf(one.from)}-${numberOf(one.to)} ${one.severity} ${one.openedBy.eventId}>${one.closedBy?.eventId ?? ''}`,
  )
}

describe('an exposure', () => {
  test.each<[string, Past, readonly string[]]>([
    ['is none where only the own account gets in', past({ write: 'created' }, {}, { write: 'deleted' }), []],
    [
      'lasts from the change that opened it to the one that closed it',
      past({ write: 'created' }, { admits: [stranger] }, {}),
      ['1-2 high event-1>event-2'],
    ],
    ['ends with the role', past({ admits: [stranger] }, { write: 'deleted' }), ['0-1 high event-0>event-1']],
    ['that nobody closed is open', past({ write: 'created' }, { admits: [stranger] }), ['1- high event-1>']],
    ['of a role first seen open begins with what was seen', past({ admits: [stranger] }), ['0- high event-0>']],
    [
      'does not end where one stranger follows another',
      past({ admits: [stranger] }, { admits: [other] }, {}),
      ['0-2 high event-0>event-2'],
    ],
    [
      'that begins anew is another one',
      past({ admits: [stranger] }, {}, { admits: [stranger] }, {}),
      ['0-1 high event-0>event-1', '2-3 high event-2>event-3'],
    ],
    [
      'is as bad as it ever was',
      past({ admits: [stranger] }, { document: trustOf([]).replace(/"arn[^"]+"/, '"*"') }, {}),
      ['0-2 critical event-0>event-2'],
    ],
    [
      'is none where the stranger has to present what was agreed',
      past({ document: trustOf([stranger], { StringEquals: { 'sts:ExternalId': 'agreed-4711' } }) }),
      [],
    ],
    [
      'is not closed by a document that nobody can read',
      past({ admits: [stranger] }, { document: 'no JSON' }, {}),
      ['0-2 high event-0>event-2'],
    ],
    [
      'is not closed by another spelling of the same trust',
      past({ admits: [stranger] }, { document: trustOf([stranger]).replaceAll(/arn:aws:iam::(\d+):root/g, '$1') }, {}),
      ['0-2 high event-0>event-2'],
    ],
  ])('%s', (_, one, expected) => {
    expect(short(one)).toEqual(expected)
  })

  test('whoever let himself in exposes the role for as long as he gets in', () => {
    const arn = `arn:aws:iam::${OWN}:user/mallory`
    const admitting = (Principal: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] })
    const [others, document] = [admitting({ Service: 'ec2.amazonaws.com' }), admitting({ AWS: arn })]
    const { versions, ...rest } = past(
      { document: others },
      { document },
      { document: `${document} ` },
      { document: others },
    )
    const actor = { type: 'IAMUser', name: 'mallory', arn, via: null, sourceIp: null, userAgent: null, mfa: null }
    const acted = versions.map((version, at): Version => (at === 1 ? { ...version, actor } : version))
    expect(short({ ...rest, versions: acted })).toEqual(['1-3 high event-1>event-3'])
    expect(short({ ...rest, versions })).toEqual([])
  })

  test('that ended before the window is not told; one that reaches into it is, with its true beginning', () => {
    const long = past({ admits: [stranger] }, {}, { admits: [stranger] }, {}, {})
    expect(short(long, second(2))).toEqual(['2-3 high event-2>event-3'])
    expect(short(past({ admits: [stranger] }, { admits: [other] }, {}), second(1))).toEqual([
      '0-2 high event-0>event-2',
    ])
  })

  test('names who opened it, through what, and a caller who could come in', () => {
    const [exposed] = chronicleOf(past({ admits: [stranger] }), everything).exposures
    const exposure = exposed?.exposure
    expect(exposure?.says).toBe(`any principal of account ${stranger}`)
    expect(exposure?.witness.principal.id).toContain(stranger)
    expect(exposure?.openedBy.actor).toBe('unknown')
  })
})

describe('the timeline', () => {
  test('says of each change who gained and who lost, and nothing of a change in spelling', () => {
    const respelt = trustOf([stranger]).replaceAll(/arn:aws:iam::(\d+):root/g, '$1')
    const { history } = chronicleOf(
      past({ write: 'created' }, { admits: [stranger] }, { document: respelt }, { write: 'deleted' }),
      everything,
    )
    expect(history.timeline.map(({ kind, verdict, gained, lost }) => [kind, verdict, gained, lost])).toEqual([
      ['created', 'widened', [own], []],
      ['updated', 'widened', [`any principal of account ${stranger}`], []],
      ['updated', 'equivalent', [], []],
      ['deleted', 'narrowed', [], [own, `any principal of account ${stranger}`]],
    ])
  })

  test('calls nothing gained where nothing earlier is known', () => {
    const { history } = chronicleOf(past({ admits: [stranger] }), everything)
    expect(history.timeline).toMatchObject([{ verdict: null, gained: [], lost: [] }])
  })

  test('is the same in whatever order the versions were read', () => {
    const { versions, ...rest } = past({ write: 'created' }, { admits: [stranger] }, {}, { write: 'deleted' })
    const whole = chronicleOf({ versions, ...rest }, everything)
    fc.assert(
      fc.property(fc.shuffledSubarray([...versions], { minLength: versions.length }), (mixed) => {
        expect(chronicleOf({ ...rest, versions: mixed }, everything)).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })
})
