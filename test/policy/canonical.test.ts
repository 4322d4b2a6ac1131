import { describe, expect, it } from 'vitest'
import { canonicalPrincipal, fingerprint, isSpeltAlike, sharedWith } from '../../shared/policy/canonical.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { allow, deny, everyone, externalId, FOREIGN, foreign, OWN, own, policy, role, root, VENDOR } from './build.ts'
import { lookedAt } from './looked-at.ts'

const read = (text: string) => parseTrust(text).policy
const aws = (...values: readonly string[]) => ({ AWS: values })
const others = (Effect: string, NotPrincipal: unknown) => ({ Effect, NotPrincipal, Action: 'sts:AssumeRole' })
const unclear = (effect: string) => ({ ...allow(own), Effect: effect })
const mfaToo = { ...externalId('a'), Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

// name, two documents
const ALIKE: readonly (readonly [string, string, string])[] = [
  ['the same', policy(allow(own)), policy(allow(own))],
  ['statements in another order', policy(allow(own), deny(foreign)), policy(deny(foreign), allow(own))],
  ['a statement twice', policy(allow(own), allow(own)), policy(allow(own))],
  ['another Sid', policy({ ...allow(own), Sid: 'A' }), policy({ ...allow(own), Sid: 'B' })],
  ['an account by its id', policy(allow({ AWS: OWN })), policy(allow(own))],
  ['everyone with and without a key', policy(allow('*')), policy(allow(everyone))],
  ['one principal twice', policy(allow(aws(OWN, OWN))), policy(allow(aws(OWN)))],
  ['two in another order', policy(allow(aws(FOREIGN, OWN))), policy(allow(aws(OWN, FOREIGN)))],
  ['three, of which one twice', policy(allow(aws(OWN, FOREIGN, OWN))), policy(allow(aws(OWN, FOREIGN)))],
  ['an action in another case', policy(allow(own)), policy(allow(own, undefined, ['STS:assumeRole']))],
  [
    'conditions in another order',
    policy(allow(own, mfaToo)),
    policy(allow(own, { Bool: mfaToo.Bool, ...externalId('a') })),
  ],
  ['what nobody can read, twice', policy(unclear('Maybe')), policy(unclear('Maybe'), unclear('Maybe'))],
]

// name, two documents
const APART: readonly (readonly [string, string, string])[] = [
  ['a statement more', policy(allow(own)), policy(allow(own), allow(foreign))],
  ['another principal', policy(allow(own)), policy(allow(foreign))],
  ['a principal more', policy(allow(own)), policy(allow(aws(OWN, FOREIGN)))],
  ['an id as another kind of principal', policy(allow(aws('a'))), policy(allow({ Service: 'a' }))],
  ['a Deny', policy(allow(own)), policy(deny(own))],
  ['all but him', policy(others('Allow', own)), policy(allow(own))],
  ['another action', policy(allow(own)), policy(allow(own, undefined, 'sts:TagSession'))],
  [
    'all actions but this',
    policy(allow(own)),
    policy({ Effect: 'Allow', Principal: own, NotAction: 'sts:AssumeRole' }),
  ],
  ['another condition', policy(allow(own, externalId('a'))), policy(allow(own, externalId('b')))],
  ['one condition of two', policy(allow(own, mfaToo)), policy(allow(own, externalId('a')))],
  ['what nobody can read, in other words', policy(unclear('Maybe')), policy(unclear('Perhaps'))],
  ['what nobody can read, beside the same', policy(allow(own), unclear('Maybe')), policy(allow(own), allow(own))],
]

describe('documents are spelt alike', () => {
  it.each(ALIKE)('that differ only in the writing: %s', (_, a, b) => {
    expect([isSpeltAlike(read(a), read(b)), isSpeltAlike(read(b), read(a))]).toEqual([true, true])
  })

  it.each(APART)('but not with %s', (_, a, b) => {
    expect([isSpeltAlike(read(a), read(b)), isSpeltAlike(read(b), read(a))]).toEqual([false, false])
  })
})

/** The principals of the first document's Allows that the second lets in alike. */
function shared(holder: string, other: string): readonly string[] {
  const [mine, theirs] = [read(holder), read(other)]
  const isShared = sharedWith(mine, theirs)
  return mine.statements.flatMap((statement) =>
    statement.effect === 'Deny'
      ? []
      : lookedAt(statement).flatMap((value) => (isShared(statement, value) ? canonicalPrincipal(value) : [])),
  )
}

const ROLE = role(FOREIGN, 'x')
const both = [`account ${OWN}`, `account ${FOREIGN}`]

// name, the document that lets in, the other, who is let in by both in the same way
const OPENED: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['all, of the same document', policy(allow(aws(OWN, FOREIGN))), policy(allow(aws(OWN, FOREIGN))), both],
  ['one of two', policy(allow(aws(OWN, FOREIGN))), policy(allow(foreign)), [both[1] ?? '']],
  ['two of two statements', policy(allow(aws(OWN, FOREIGN))), policy(allow(foreign), allow(own)), both],
  ['a role by its ARN', policy(allow(ROLE), allow(own)), policy(allow(ROLE)), [`AWS ${ROLE.AWS}`]],
  ['everyone', policy(allow('*')), policy(allow(everyone)), ['*']],
  ['nobody, under another condition', policy(allow(own)), policy(allow(own, externalId('a'))), []],
  ['nobody, by another action', policy(allow(own)), policy(allow(own, undefined, 'sts:TagSession')), []],
  ['nobody, of no document', policy(), policy(allow(own)), []],
  ['nobody, where the other is empty', policy(allow(own)), policy(), []],
  ['nobody, where the other denies more', policy(allow(own)), policy(allow(own), deny(foreign)), []],
  ['where both deny the same', policy(deny(foreign), allow(own)), policy(allow(own), deny(foreign)), both.slice(0, 1)],
  ['where the other denies less', policy(allow(own), deny(foreign)), policy(allow(own), allow(ROLE)), both.slice(0, 1)],
  ['nobody whom the other denies', policy(allow(own), deny(own)), policy(deny(own)), []],
  ['nobody, where the other is not all understood', policy(allow(own)), policy(allow(own), unclear('Maybe')), []],
  ['all but one', policy(others('Allow', ROLE)), policy(allow(own), others('Allow', ROLE)), ['*']],
  ['not all but another', policy(others('Allow', ROLE)), policy(others('Allow', role(FOREIGN, 'y'))), []],
  ['nor everyone through all but one', policy(allow(everyone)), policy(others('Allow', ROLE)), []],
]

describe('what both documents open', () => {
  it.each(OPENED)('is %s', (_, holder, other, whom) => {
    expect(shared(holder, other)).toEqual(whom)
  })

  it('is opened in whichever statement the two have it', () => {
    const two = policy(allow(root(VENDOR), externalId('a')), allow(aws(VENDOR, OWN)))
    expect(shared(policy(allow(aws(VENDOR, OWN)), allow(root(VENDOR), externalId('a'))), two)).toHaveLength(3)
  })
})

it('conditions are told apart by each of them, and the order says nothing', () => {
  const of = (condition: unknown) =>
    fingerprint(read(policy(allow(own, condition))).statements[0] ?? { conditions: [] })
  const each = [externalId('a'), { Bool: mfaToo.Bool }].map(of)
  expect(of(mfaToo)).toBe([...each].sort().join(' '))
})
