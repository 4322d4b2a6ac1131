import { describe, expect, it } from 'vitest'
import { entrances } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { recallFrom, takenAway } from '../../shared/policy/recall.ts'
import {
  ABOUT,
  allow,
  deny,
  everyone,
  externalId,
  FOREIGN,
  foreign,
  lambda,
  MEMBER,
  OWN,
  own,
  policy,
  role,
  root,
  VENDOR,
} from './build.ts'
import { lookedAt } from './looked-at.ts'

const vendor = root(VENDOR)
const mine = role(OWN, 'app')
const aws = (...values: readonly string[]) => ({ AWS: values })
const others = { Effect: 'Allow', NotPrincipal: mine, Action: 'sts:AssumeRole' }
const odd = { StringMatches: { 'aws:x': 'a' } }
const tags = allow(own, undefined, 'sts:TagSession')
const unclear = { ...allow(own), Effect: 'Maybe' }
const read = (text: string) => parseTrust(text).policy
const known = (text: string) => entrances(read(text), ABOUT)

/** The principals of `next` of whom `text` tells already whether they get in, and in which statement of `next` they do. */
function recalled(text: string, next: string): readonly string[] {
  const policy = read(next)
  const recall = recallFrom(known(text), policy)
  return policy.statements.flatMap((statement) =>
    lookedAt(statement).flatMap((value) => {
      const found = recall(statement, value)
      return found === undefined ? [] : `${value.value} ${found.map((one) => one.statement).join()}`
    }),
  )
}

// name, a document of which all is known, another, of whom that tells
const RECALLED: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'the same document',
    policy(allow(own), allow(lambda)),
    policy(allow(own), allow(lambda)),
    [`${own.AWS} 0`, `${lambda.Service} 1`],
  ],
  [
    'where a statement stands elsewhere',
    policy(allow(own), allow(foreign)),
    policy(allow(foreign)),
    [`${foreign.AWS} 0`],
  ],
  ['where another account came to it', policy(allow(own)), policy(allow(aws(own.AWS, VENDOR))), [`${own.AWS} 0`]],
  ['but not of an account of which a role is named now', policy(allow(own)), policy(allow(aws(own.AWS, mine.AWS))), []],
  ['but of one of which a role was named', policy(allow(aws(own.AWS, mine.AWS))), policy(allow(own)), [`${own.AWS} 0`]],
  ['nor of everyone, where somebody is named now', policy(allow(everyone)), policy(allow(everyone), allow(own)), []],
  ['but of everyone, where fewer are', policy(allow(everyone), allow(own)), policy(allow(everyone)), ['* 0']],
  [
    'nor of a star in a name, where somebody is named now',
    policy(allow(aws('a*'), undefined)),
    policy(allow(aws('a*', VENDOR))),
    [],
  ],
  ['nor under another condition', policy(allow(own)), policy(allow(own, externalId('a'))), []],
  ['nor by another action', policy(allow(own)), policy(allow(own, undefined, 'sts:AssumeRole*')), []],
  ['nor of the same name as another kind of principal', policy(allow('*')), policy(allow(everyone)), []],
  ['nor where something is denied', policy(allow(own)), policy(allow(own), deny(foreign)), []],
  ['nor where something else is', policy(allow(own), deny(vendor)), policy(allow(own), deny(foreign)), []],
  ['nor where it is denied no longer', policy(allow(own), deny(foreign)), policy(allow(own)), []],
  [
    'but where the same is denied in another order',
    policy(allow(own), deny(foreign), deny(vendor)),
    policy(deny(vendor), deny(foreign), allow(own)),
    [`${own.AWS} 2`],
  ],
  ['nor where callers may pass tags now', policy(allow(own)), policy(allow(own), tags), []],
  [
    'nor of all but somebody, though nobody was let in',
    policy(others, allow(own), deny(everyone)),
    policy(others, allow(own), deny(everyone)),
    [`${own.AWS} `],
  ],
  ['nor where something was not certain', policy(allow(own), allow(foreign, odd)), policy(allow(own)), []],
  ['nor where something was not understood', policy(allow(own), unclear), policy(allow(own)), []],
  ['nor where something is not understood', policy(allow(own)), policy(allow(own), unclear), []],
  ['nor where nothing can be read', 'x', policy(allow(own)), []],
]

describe('who gets in is known of another document', () => {
  it.each(RECALLED)('%s', (_, text, next, whom) => {
    expect(recalled(text, next)).toEqual(whom)
  })
})

// of whom is let in, a document of which all is known, another
const ANEW: readonly (readonly [string, string, string])[] = [
  ['nobody but those', policy(allow(own), deny(foreign), allow(lambda)), policy(deny(foreign), allow(lambda))],
  ['somebody new', policy(allow(own)), policy(allow(own), allow(foreign))],
  ['somebody new beside him in a list', policy(allow(own)), policy(allow(aws(own.AWS, VENDOR)))],
  ['all but somebody', policy(others, allow(own)), policy(allow(own), others)],
  ['nobody, where all is denied', policy(allow(own), deny(own)), policy(deny(own), allow(own))],
  ['nobody at all', policy(allow(own)), policy()],
  ['somebody who is not certain', policy(allow(own)), policy(allow(own), allow(foreign, odd))],
  ['one that is not understood', policy(allow(own)), policy(allow(own), unclear)],
  ['nobody, since it cannot be read', policy(allow(own)), 'x'],
]

describe('what is known of one document makes no difference to what is said of another', () => {
  it.each(ANEW)('where the other lets in %s', (_, text, next) => {
    const { policy: _read, ...anew } = entrances(read(next), ABOUT)
    expect(entrances(read(next), ABOUT, known(text))).toMatchObject(anew)
  })

  it('faults are told of each', () => {
    const says = (text: string) => entrances(read(text), ABOUT).undecided.map((one) => one.says)
    expect(says('x')).toEqual(['the document after could not be read'])
    expect(says(policy(allow(own), unclear))).toContain('this statement cannot be understood')
  })

  it('and is not asked again', () => {
    const text = policy(deny(foreign), allow(own), allow({ AWS: VENDOR, ...lambda }))
    const one = known(text)
    // As if nobody of the vendor's account were let in.
    const parts = one.parts.map((part) => (part.value.value === VENDOR ? { ...part, found: [] } : part))
    const who = (next: string) =>
      entrances(read(next), ABOUT, { ...one, parts }).gained.map(({ principal }) => principal)
    expect(who(text)).toEqual([own.AWS, lambda.Service])
    const member = role(MEMBER, 'app')
    expect(who(policy(allow(member), deny(foreign), allow(own), allow(aws(VENDOR))))).toEqual([member.AWS, own.AWS])
  })
})

const SOMEBODY = `any principal of account ${FOREIGN}`

// name, a document of which all is known, one with fewer principals, who is gone; null: it does more than that
const GONE: readonly (readonly [string, string, string, readonly string[] | null])[] = [
  ['of a list', policy(allow(aws(OWN, FOREIGN))), policy(allow(aws(OWN))), [SOMEBODY]],
  ['with a statement', policy(allow(own), allow(foreign)), policy(allow(own)), [SOMEBODY]],
  ['with every statement', policy(allow(foreign)), policy(), [SOMEBODY]],
  ['and nobody, of the same', policy(allow(own), deny(foreign)), policy(deny(foreign), allow(own)), []],
  [
    'and nobody, who is named twice',
    policy(allow(foreign), allow(aws(own.AWS, foreign.AWS))),
    policy(allow(foreign), allow(own)),
    [],
  ],
  [
    'under one condition of two',
    policy(allow(foreign), allow(foreign, externalId('a'))),
    policy(allow(foreign, externalId('a'))),
    [SOMEBODY],
  ],
  ['but somebody came', policy(allow(foreign)), policy(allow(own)), null],
  ['but somebody came to it', policy(allow(own)), policy(allow(aws(OWN, FOREIGN))), null],
  ['but a condition fell', policy(allow(own, externalId('a'))), policy(allow(own)), null],
  ['but a Deny fell', policy(allow(own), deny(foreign)), policy(allow(own)), null],
  ['but a Deny came', policy(allow(own), allow(foreign)), policy(allow(own), deny(foreign)), null],
  ['but another Deny stands there', policy(allow(own), deny(foreign)), policy(allow(own), deny(vendor)), null],
  ['but all except somebody were let in', policy(others, allow(foreign)), policy(allow(foreign)), null],
  ['but all except somebody are', policy(allow(foreign)), policy(others, allow(foreign)), null],
  ['but it was not certain who got in', policy(allow(own), allow(foreign, odd)), policy(allow(own)), null],
  ['but something is not understood', policy(allow(own), allow(foreign)), policy(allow(own), unclear), null],
  ['but nothing could be read', 'x', policy(), null],
  ['but nothing can be read', policy(allow(own)), 'x', null],
]

describe('who was let in is gone', () => {
  it.each(GONE)('%s', (_, text, next, whom) => {
    expect(takenAway(known(text), read(next))?.map(({ says }) => says.replace(/ \(.*/, '')) ?? null).toEqual(whom)
  })
})
