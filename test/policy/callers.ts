/** Callers that only some conditions tell apart, and what a person should read of them: before, after, gained and lost. */

import {
  allow,
  deny,
  everyone,
  externalId,
  FOREIGN,
  foreign,
  GITHUB,
  OWN,
  ownOrg,
  policy,
  role,
  root,
  WEB,
} from './build.ts'

interface Case {
  readonly before: string | null
  readonly after: string
  readonly gained?: readonly string[]
  readonly lost?: readonly string[]
  readonly open?: readonly string[]
}

const own = allow(root(OWN))
const pinned = (arn: string) => allow(root(OWN), { ArnLike: { 'aws:PrincipalArn': arn } })
const like = (pattern: string) => allow(everyone, { StringLike: { 'aws:PrincipalAccount': pattern } })
const provider = (id: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${id}` })
const organizations = (...ids: readonly string[]) => allow(everyone, { StringEquals: { 'aws:PrincipalOrgID': ids } })
const named = (name: string) => deny(root(OWN), { StringEquals: { 'aws:username': name } })
const github = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:*' } }
const ownRole = (name: string) => role(OWN, name).AWS
const mine = `account ${OWN} (the role’s own account)`

export const CALLERS: readonly (readonly [string, Case])[] = [
  [
    'a pattern of account ids lets some strangers in',
    {
      before: policy(own),
      after: policy(own, like('2*')),
      gained: ['critical anyone with an AWS account whose id is like 2*'],
    },
  ],
  [
    'a pattern that few account ids match is no stranger’s',
    {
      before: null,
      after: policy(like('12345678*')),
      gained: ['high any principal of the accounts whose id is like 12345678*'],
    },
  ],
  [
    'a pattern in the account of an ARN',
    {
      before: policy(own),
      after: policy(own, allow(everyone, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::2222*:role/*' } })),
      gained: [
        'critical anyone with an AWS account whose id is like 2222* where aws:PrincipalArn is like arn:aws:iam::2222*:role/*',
      ],
    },
  ],
  [
    'a pattern that account ids must not match',
    {
      before: policy(allow(everyone)),
      after: policy(allow(everyone, { StringNotLike: { 'aws:PrincipalAccount': '1111*' } })),
      lost: [
        'medium anyone with an AWS account whose id is like 1111* (now: only where aws:PrincipalAccount is not like 1111*)',
      ],
    },
  ],
  [
    'two patterns that share some accounts',
    {
      before: policy(like('2*')),
      after: policy(like('2*'), like('*2')),
      gained: [
        'critical anyone with an AWS account whose id is like *2 (before: only where aws:PrincipalAccount is like 2*)',
      ],
    },
  ],
  [
    'accounts compared as numbers',
    {
      before: null,
      after: policy(allow(everyone, { NumericLessThan: { 'aws:PrincipalAccount': '500000000000' } })),
      open: ['which accounts aws:PrincipalAccount covers here cannot be told'],
    },
  ],
  [
    'another partition than the commercial one',
    {
      before: policy(pinned(`arn:aws-cn:iam::${OWN}:role/a`)),
      after: policy(pinned(`arn:aws-cn:iam::${OWN}:role/*`)),
      gained: [
        `low any principal of ${mine} where aws:PrincipalArn is like arn:aws-cn:iam::${OWN}:role/* (before: only where aws:PrincipalArn is like arn:aws-cn:iam::${OWN}:role/a)`,
      ],
    },
  ],
  [
    'session tags allowed in a statement of their own',
    {
      before: policy(allow(foreign, externalId('k'))),
      after: policy(allow(foreign, externalId('k')), allow(foreign, undefined, 'sts:TagSession')),
      gained: [
        `low any principal of account ${FOREIGN} that sends ExternalId k may now also pass session tags (sts:TagSession)`,
      ],
    },
  ],
  [
    'a source identity no longer allowed',
    {
      before: policy(allow(foreign, undefined, ['sts:AssumeRole', 'sts:SetSourceIdentity'])),
      after: policy(allow(foreign)),
      lost: [`medium any principal of account ${FOREIGN} may no longer set a source identity (sts:SetSourceIdentity)`],
    },
  ],
  [
    'session tags for those who cannot assume the role',
    { before: policy(own), after: policy(own, allow(foreign, undefined, 'sts:TagSession')) },
  ],
  ...[['o-ownorg', 'o-theirs'] as const, ['o-theirs', 'o-ownorg'] as const].map((ids): readonly [string, Case] => [
    `the organizations ${ids.join(' and ')}`,
    {
      before: null,
      after: policy(organizations(...ids)),
      gained: [
        'high any principal of the organization o-theirs (not known to be yours)',
        'low any principal of the organization o-ownorg',
      ],
    },
  ]),
  [
    'a star for web identities covers the providers every account has',
    { before: null, after: policy(allow(everyone, undefined, WEB)), gained: ["critical anybody's Cognito users"] },
  ],
  [
    'a star for web identities of one issuer',
    {
      before: null,
      after: policy(allow(everyone, github, WEB)),
      gained: ['low GitHub Actions runs of any ref, pull request or environment of o/r'],
    },
  ],
  [
    'a claim of another issuer than the one trusted',
    {
      before: null,
      after: policy(
        allow(
          provider('oidc.eks.us-east-1.amazonaws.com/id/AAA'),
          { StringEquals: { 'oidc.eks.us-east-1.amazonaws.com/id/BBB:sub': 'x' } },
          WEB,
        ),
      ),
    },
  ],
  [
    'a claim that only one of two providers makes',
    {
      before: null,
      after: policy(allow({ Federated: [provider('gitlab.com').Federated, GITHUB.Federated] }, github, WEB)),
      gained: ['low GitHub Actions runs of any ref, pull request or environment of o/r'],
    },
  ],
  ['a claim asked of callers who have no token', { before: null, after: policy(allow(everyone, github)) }],
  [
    'a Deny keeps out one user',
    {
      before: policy(own),
      after: policy(own, named('bob')),
      lost: [`medium any principal of ${mine} where aws:username is bob (now: kept out by a Deny)`],
    },
  ],
  [
    'Denies keep out two users and a role',
    {
      before: policy(own),
      after: policy(own, named('bob'), named('eve'), deny(role(OWN, 'a'))),
      lost: [
        `medium any principal of ${mine} where aws:username is bob (now: kept out by a Deny)`,
        `medium any principal of ${mine} where aws:username is eve (now: kept out by a Deny)`,
        `medium role a of ${mine} (now: kept out by a Deny)`,
      ],
    },
  ],
  [
    'a Deny of many roles goes',
    {
      before: policy(own, deny({ AWS: [...'abcdefg'].map(ownRole) })),
      after: policy(own),
      gained: [
        ...[...'abcd'].map((name) => `low role ${name} of ${mine} (before: kept out by a Deny)`),
        `low role e of ${mine}, and others (before: kept out by a Deny)`,
      ],
    },
  ],
  ['the root user, who can assume no role', { before: null, after: policy(pinned(`arn:aws:iam::${OWN}:root`)) }],
  [
    'a foreign account that proves to be of the own organization',
    {
      before: null,
      after: policy(allow(foreign, ownOrg)),
      gained: [`low any principal of account ${FOREIGN} where aws:PrincipalOrgID is o-ownorg`],
    },
  ],
  [
    'a GitLab project',
    {
      before: null,
      after: policy(
        allow(
          provider('gitlab.com'),
          { StringLike: { 'gitlab.com:sub': 'project_path:acme/app:ref_type:branch:*' } },
          WEB,
        ),
      ),
      gained: ['low GitLab jobs whose sub is project_path:acme/app:ref_type:branch:*'],
    },
  ],
  [
    'an empty tag',
    {
      before: null,
      after: policy(allow(foreign, { StringEquals: { 'aws:PrincipalTag/team': '' } })),
      gained: [`medium any principal of account ${FOREIGN} where aws:PrincipalTag/team is ""`],
    },
  ],
]
