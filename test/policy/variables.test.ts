import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, deny, everyone, OWN, policy, role, root } from './build.ts'

const own = root(OWN)
const ann = { AWS: `arn:aws:iam::${OWN}:user/ann` }
const some = `arn:aws:iam::${OWN}:role/ExampleRole`
const variable = (inside: string) => `\${${inside}}`
const NAME = variable('aws:username')
const is = (key: string, value: unknown) => ({ StringEquals: { [key]: value } })
const session = (value: unknown) => is('sts:RoleSessionName', value)
const not = { StringNotEquals: { 'sts:RoleSessionName': NAME } }

// name, who is trusted, under which condition; who gets in, and what he sends
const SETTLED: readonly (readonly [string, unknown, object, string, object])[] = [
  [
    'by what the caller sends elsewhere',
    own,
    is('aws:PrincipalTag/team', variable('sts:ExternalId')),
    some,
    { 'sts:ExternalId': 'example-stranger', 'aws:PrincipalTag/team': 'example-stranger' },
  ],
  [
    'whose value stands behind a star that is none',
    own,
    is('sts:ExternalId', `a*b-${variable('aws:PrincipalTag/team')}`),
    some,
    { 'aws:PrincipalTag/team': 'example', 'sts:ExternalId': 'a*b-example' },
  ],
  [
    'that stands for a star and a question mark, which are no wildcards',
    own,
    {
      StringLike: { 'sts:ExternalId': `${variable('aws:PrincipalTag/team')}*c` },
      ...is('aws:PrincipalTag/team', '$a*?b'),
    },
    some,
    { 'sts:ExternalId': '$a*?bc', 'aws:PrincipalTag/team': '$a*?b' },
  ],
  [
    'with a default, for who has no name',
    role(OWN, 'app'),
    session(variable("aws:username , 'app'")),
    role(OWN, 'app').AWS,
    { 'sts:RoleSessionName': 'app' },
  ],
  [
    'with an empty default',
    role(OWN, 'app'),
    session(`app${variable("aws:username,''")}`),
    role(OWN, 'app').AWS,
    { 'sts:RoleSessionName': 'app' },
  ],
  [
    'with a default and a wildcard behind it',
    role(OWN, 'app'),
    { StringLike: { 'sts:RoleSessionName': `${variable("aws:username,'a'")}*` } },
    role(OWN, 'app').AWS,
    { 'sts:RoleSessionName': 'aexample' },
  ],
  [
    'twice in one value',
    own,
    session(`${variable('aws:PrincipalTag/a')}.${variable('aws:PrincipalTag/b')}`),
    some,
    {
      'aws:PrincipalTag/a': 'example-stranger',
      'aws:PrincipalTag/b': 'example-stranger',
      'sts:RoleSessionName': 'example-stranger.example-stranger',
    },
  ],
  [
    'that says his account in his ARN',
    everyone,
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${variable('aws:PrincipalAccount')}:role/app` } },
    'arn:aws:iam::999988887777:role/app',
    {},
  ],
  ['that says another name than the session has', ann, not, ann.AWS, { 'sts:RoleSessionName': 'example-session' }],
  [
    'that says a name demanded elsewhere',
    own,
    { StringEquals: { 'sts:RoleSessionName': NAME, 'aws:username': 'bob' } },
    `arn:aws:iam::${OWN}:user/bob`,
    { 'sts:RoleSessionName': 'bob' },
  ],
  [
    'where the session has a name already: whose name that is',
    own,
    { ...session('bob'), StringLike: { 'sts:RoleSessionName': `${NAME}*` } },
    `arn:aws:iam::${OWN}:user/bob`,
    { 'sts:RoleSessionName': 'bob' },
  ],
  [
    'that every call has',
    own,
    session(variable('aws:RequestedRegion')),
    some,
    { 'aws:RequestedRegion': 'us-east-1', 'sts:RoleSessionName': 'us-east-1' },
  ],
  [
    'in another case, with blanks',
    own,
    session(variable(' AWS:RequestedRegion ')),
    some,
    { 'AWS:RequestedRegion': 'us-east-1', 'sts:RoleSessionName': 'us-east-1' },
  ],
  [
    'that can only be true or false',
    own,
    is('aws:PrincipalTag/mfa', variable('aws:MultiFactorAuthPresent')),
    `arn:aws:iam::${OWN}:user/example-user`,
    { 'aws:MultiFactorAuthPresent': 'true', 'aws:PrincipalTag/mfa': 'true' },
  ],
  [
    'that no caller has, beside a value that counts without it',
    role(OWN, 'app'),
    session([NAME, 'app']),
    role(OWN, 'app').AWS,
    { 'sts:RoleSessionName': 'app' },
  ],
]

describe('a condition with a policy variable', () => {
  it.each(SETTLED)('%s', (_, principal, condition, id, context) => {
    const [{ witness } = {}] = compareTrust(null, policy(allow(principal, condition)), ABOUT).gained
    expect([witness?.principal.id, witness?.context]).toEqual([id, context])
  })

  it('keeps out whom a Deny names by it', () => {
    const { verdict, lost, undecided } = compareTrust(policy(allow(ann)), policy(allow(ann), deny(ann, not)), ABOUT)
    expect([verdict, undecided]).toEqual(['narrowed', []])
    expect(lost.map(({ witness }) => witness)).toEqual([
      {
        principal: { type: 'AWS', id: ann.AWS },
        action: 'sts:AssumeRole',
        context: { 'sts:RoleSessionName': 'example-session' },
      },
    ])
  })
})
