import { describe, expect, it } from 'vitest'
import { compareTarget } from '../../fuzz/compare.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { ABOUT, allow, deny, everyone, FOREIGN, foreign, lambda, OWN, policy, role, root } from './build.ts'

const own = root(OWN)
const NAME = `\${aws:username}`
const named = (value: string) => ({ StringEquals: { 'sts:RoleSessionName': value } })
const number = (operator: string, value: string) => ({ [operator]: { 'my:number': value } })
const time = (from: string, to: string) => ({
  DateGreaterThan: { 'aws:CurrentTime': from },
  DateLessThan: { 'aws:CurrentTime': to },
})
const noMfaWithAge = { Bool: { 'aws:MultiFactorAuthPresent': 'false' }, Null: { 'aws:MultiFactorAuthAge': 'false' } }
const elsewhere = {
  StringEquals: { 'aws:PrincipalOrgID': 'o-one' },
  'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-two/*' },
}
const user = (path: string, name: string) => ({
  ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:user/${path}` },
  StringEquals: { 'aws:username': name },
})
const odd = { StringMatches: { 'aws:x': 'a' } }
const PASSING = ['sts:AssumeRole', 'sts:TagSession']
const passers = allow(everyone, { StringLike: { 'my:key': `\${aws:PrincipalTag/team}-*` } }, PASSING)
const noCost = deny(everyone, { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'cost' } }, PASSING)
const onlyTheirs = deny(everyone, { StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${FOREIGN}:role/*` } }, PASSING)
const tagsForMost = { Effect: 'Allow', NotPrincipal: role(FOREIGN, 'x'), Action: 'sts:TagSession' }
const tagged = (value: string) => ({ StringEquals: { 'aws:PrincipalTag/a': value } })
const never = { ...tagged('x'), StringNotEquals: { 'aws:PrincipalTag/a': 'x' } }

const inOrganization = (id: string, operator = 'StringEquals') => ({ [operator]: { 'aws:PrincipalOrgID': id } })
const underPath = (path: string, qualifier = 'ForAnyValue') => ({
  [`${qualifier}:StringLike`]: { 'aws:PrincipalOrgPaths': path },
})
const twice = (first: string) => ({ StringEquals: { 'sts:ExternalId': first, 'STS:externalid': 'b' } })

// name, before, after, verdict
const HARD: readonly (readonly [string, string | null, string, string])[] = [
  ['a number beyond all numbers', null, policy(allow(own, number('NumericLessThan', '1e999'))), 'widened'],
  ['the largest numbers', null, policy(allow(own, number('NumericGreaterThan', '1e308'))), 'widened'],
  [
    'a number that doubles round',
    null,
    policy(allow(own, number('NumericGreaterThan', '9007199254740993'))),
    'widened',
  ],
  [
    'a number spelt otherwise',
    policy(allow(own, { StringEquals: { 'my:number': '5' } })),
    policy(allow(own, number('NumericEquals', '5'))),
    'widened',
  ],
  ['less than a second', null, policy(allow(own, time('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'))), 'widened'],
  [
    'beyond the year 9999',
    null,
    policy(allow(own, { DateGreaterThan: { 'aws:CurrentTime': '9999-12-31T23:59:59Z' } })),
    'widened',
  ],
  ['an age of MFA without MFA', null, policy(allow(own, noMfaWithAge)), 'equivalent'],
  [
    'an age of MFA tells that there was MFA',
    policy(allow(own, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    policy(allow(own, { Null: { 'aws:MultiFactorAuthAge': 'false' } })),
    'equivalent',
  ],
  ['a path of another organization', null, policy(allow(everyone, elsewhere)), 'equivalent'],
  [
    'an organization by its id and by its paths',
    policy(allow(everyone, inOrganization('o-ownorg'))),
    policy(allow(everyone, underPath('o-ownorg/*'))),
    'equivalent',
  ],
  [
    'an account is in one unit only: some path and every path differ for those in none',
    policy(allow(foreign, underPath('o-ownorg/r-1/ou-1/*'))),
    policy(allow(foreign, underPath('o-ownorg/r-1/ou-1/*', 'ForAllValues'))),
    'widened',
  ],
  [
    'an organization by the beginning of its id',
    policy(allow(everyone, inOrganization('o-ownorg'))),
    policy(allow(everyone, inOrganization('o-own*', 'StringLike'))),
    'widened',
  ],
  [
    'one organization, of those whose ids begin alike',
    policy(allow(everyone, inOrganization('o-own*', 'StringLike'))),
    policy(allow(everyone, underPath('o-ownorg/*'))),
    'narrowed',
  ],
  [
    'those of no organization are of no other one either',
    policy(allow(everyone, inOrganization('o-ownorg', 'StringNotEquals'))),
    policy(allow(everyone, { Null: { 'aws:PrincipalOrgPaths': 'true' } })),
    'narrowed',
  ],
  [
    'whoever has no organization has no path',
    null,
    policy(allow(everyone, { Null: { 'aws:PrincipalOrgPaths': 'false', 'aws:PrincipalOrgID': 'true' } })),
    'equivalent',
  ],
  [
    'whoever has an organization has a path',
    null,
    policy(allow(everyone, { ...inOrganization('o-ownorg'), Null: { 'aws:PrincipalOrgPaths': 'true' } })),
    'equivalent',
  ],
  [
    'an organization where it is known, and its path',
    null,
    policy(allow(everyone, { ...inOrganization('o-one', 'StringEqualsIfExists'), ...underPath('o-two/*') })),
    'equivalent',
  ],
  [
    'every unit of an organization',
    policy(allow(everyone, { ...inOrganization('o-ownorg'), ...underPath('o-ownorg/r-1/*', 'ForAllValues') })),
    policy(allow(everyone, underPath('o-ownorg/r-1/*'))),
    'equivalent',
  ],
  [
    'no MFA, and an age of it if there is one',
    policy(allow(own, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })),
    policy(
      allow(own, {
        Bool: { 'aws:MultiFactorAuthPresent': 'false' },
        NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '60' },
      }),
    ),
    'equivalent',
  ],
  [
    'an ExternalId is never empty',
    policy(allow(foreign, { StringLike: { 'sts:ExternalId': '*' } })),
    policy(allow(foreign, { StringLike: { 'sts:ExternalId': '?*' } })),
    'equivalent',
  ],
  ['a name no session has', null, policy(allow(foreign, named('team a'))), 'equivalent'],
  [
    'a path between two slashes holds something',
    null,
    policy(allow(own, { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:user//ann` } })),
    'equivalent',
  ],
  ['one key in two spellings', policy(allow(foreign, twice('a'))), policy(allow(foreign, twice('b'))), 'undecided'],
  [
    'one key in two spellings, of which either may count',
    policy(allow(foreign, { StringEquals: { 'sts:ExternalId': 'a' } })),
    policy(allow(foreign, twice('a'))),
    'undecided',
  ],
  [
    'one key in the same two spellings, in other statements',
    policy(allow(foreign, twice('a')), allow(own)),
    policy(allow(own), allow(foreign, twice('a'))),
    'equivalent',
  ],
  ['a user whose ARN ends in another name', null, policy(allow(own, user('team/ann', 'bob'))), 'equivalent'],
  ['a user whose ARN ends in his name, behind a path', null, policy(allow(own, user('team/*', 'bob'))), 'widened'],
  ['a name with a slash', null, policy(allow(own, { StringEquals: { 'aws:username': 'team/bob' } })), 'equivalent'],
  [
    'two ExternalIds in one call',
    null,
    policy(
      allow(foreign, {
        'ForAnyValue:StringEquals': { 'sts:ExternalId': 'a' },
        'ForAnyValue:StringLike': { 'sts:ExternalId': 'b*' },
      }),
    ),
    'equivalent',
  ],
  [
    'two tags in one call',
    null,
    policy(
      allow(
        foreign,
        { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringLike': { 'aws:TagKeys': 'b*' } },
        ['sts:AssumeRole', 'sts:TagSession'],
      ),
    ),
    'widened',
  ],
  [
    'tags that nobody may pass',
    null,
    policy(allow(foreign, { StringEquals: { 'aws:RequestTag/team': 'a' } })),
    'equivalent',
  ],
  ['a session named by its user', null, policy(allow(own, named(NAME))), 'widened'],
  ['a session of any name instead', policy(allow(own, named(NAME))), policy(allow(own)), 'widened'],
  [
    // Nobody gets in: a role has no user name. That a variable never has a value is not looked at.
    'a session named so by a role',
    null,
    policy(allow(role(OWN, 'app'), named(NAME))),
    'undecided',
  ],
  [
    'a variable beside values, in any order',
    policy(allow(own, named('ann'))),
    policy(allow(own, { StringEquals: { 'sts:RoleSessionName': [NAME, 'ann', 'bob'] } })),
    'widened',
  ],
  ['a tag of the role itself', null, policy(allow(own, named(`\${aws:ResourceTag/team}`))), 'undecided'],
  [
    'colons that only a text pattern crosses',
    policy(allow(lambda, { ArnLike: { 'aws:SourceArn': 'arn:aws:*:function:a' } })),
    policy(allow(lambda, { ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:*:function:a' } })),
    'undecided',
  ],
  [
    'an unknown operator behind a lesser gain',
    policy(allow(own, odd), deny(role(OWN, 'a'))),
    policy(allow(own)),
    'undecided',
  ],
  [
    'one range in two halves',
    policy(allow(own, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    policy(allow(own, { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } })),
    'equivalent',
  ],
  [
    'everything but another role',
    policy(allow(foreign)),
    policy(allow(foreign), { Effect: 'Deny', NotPrincipal: role(FOREIGN, 'x'), Action: 'sts:AssumeRole' }),
    'undecided',
  ],
  [
    'two Denies, of which the second may keep out those who pass a tag',
    policy(allow(own), passers),
    policy(allow(own), passers, noCost, onlyTheirs),
    'narrowed',
  ],
  [
    'a Deny that meets nobody, before one that does',
    policy(allow(own), deny(own, never), deny(own, tagged('x'))),
    policy(allow(own)),
    'widened',
  ],
  [
    'an unknown operator in a Deny, before one that meets nobody',
    policy(allow(own), deny(own, odd), deny(own, never)),
    policy(allow(own)),
    'undecided',
  ],
  [
    'tags beside a role that nobody could assume',
    policy(tagsForMost),
    policy(allow(role(FOREIGN, 'app')), allow(role(FOREIGN, 'app'), undefined, 'sts:TagSession'), tagsForMost),
    'widened',
  ],
  [
    'the same Denies in another order',
    policy(allow(own), passers),
    policy(allow(own), passers, onlyTheirs, noCost),
    'narrowed',
  ],
]

const PAIRS = Number(process.env.FUZZ_PAIRS ?? 150)

describe('what is hard to decide', () => {
  it.each(HARD)('%s', (_, before, after, verdict) => {
    const found = compareTrust(before, after, ABOUT)
    expect(found.verdict).toBe(verdict)
    for (const { witness } of found.gained) {
      expect(evaluateTrust(after, witness).decision).toBe('allow')
      if (before !== null) expect(evaluateTrust(before, witness).decision).toMatch(/deny$/)
    }
  })

  it('a slow evaluator finds nobody who was missed, and no witness that is wrong', () => {
    expect(compareTarget.fuzz({ runs: PAIRS, seed: 20261124 }).failure).toBeNull()
  })
})
