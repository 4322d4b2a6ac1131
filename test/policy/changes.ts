/** Changes people make to trust policies, and what a person should read of them. */

import {
  allow,
  deny,
  everyone,
  externalId,
  FOREIGN,
  foreign,
  GITHUB,
  lambda,
  MEMBER,
  mfa,
  OWN,
  ownOrg,
  policy,
  role,
  root,
  subject,
  tasks,
  WEB,
} from './build.ts'

const USERNAME = `\${aws:username}`

interface Expected {
  readonly verdict: 'equivalent' | 'widened' | 'narrowed' | 'both' | 'undecided'
  readonly gained?: readonly string[]
  readonly lost?: readonly string[]
}
// name, before, after, what a person should read: severity and words
export const CHANGES: readonly (readonly [string, string | null, string | null, Expected])[] = [
  [
    'a role opened to the world',
    policy(allow(root(OWN))),
    policy(allow(everyone)),
    { verdict: 'widened', gained: ['critical anyone with an AWS account, not only the role’s own'] },
  ],
  [
    'a star that covers another provider of the issuer that was trusted',
    policy({
      ...allow(
        { Federated: 'arn:aws:iam::777788889999:oidc-provider/token.actions.githubusercontent.com' },
        subject('acme/*'),
      ),
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
    policy({ ...allow(everyone, subject('acme/*')), Action: 'sts:AssumeRoleWithWebIdentity' }),
    { verdict: 'widened' },
  ],
  [
    'a star that asks for an address, whichever it is',
    null,
    policy(allow(everyone, { Null: { 'aws:SourceIp': 'false' } })),
    { verdict: 'widened', gained: ['critical anyone with an AWS account where aws:SourceIp is present'] },
  ],
  [
    'a star for callers who show no MFA at all',
    null,
    policy(allow(everyone, { Null: { 'aws:MultiFactorAuthPresent': 'true' } })),
    { verdict: 'widened', gained: ['critical anyone with an AWS account where aws:MultiFactorAuthPresent is absent'] },
  ],
  [
    'a foreign account added beside a service',
    policy(allow(lambda)),
    policy(allow({ ...lambda, AWS: FOREIGN })),
    { verdict: 'widened', gained: [`high any principal of account ${FOREIGN}`] },
  ],
  [
    'an ExternalId dropped',
    policy(allow(foreign, externalId('k7-31'))),
    policy(allow(foreign)),
    {
      verdict: 'widened',
      gained: [`high any principal of account ${FOREIGN} (before: only where sts:ExternalId is k7-31)`],
    },
  ],
  [
    'an ExternalId demanded',
    policy(allow(foreign)),
    policy(allow(foreign, externalId('k7-31'))),
    {
      verdict: 'narrowed',
      lost: [`medium any principal of account ${FOREIGN} (now: only where sts:ExternalId is k7-31)`],
    },
  ],
  [
    'an ExternalId rotated',
    policy(allow(foreign, externalId('old-1'))),
    policy(allow(foreign, externalId('new-2'))),
    {
      verdict: 'both',
      gained: [
        `medium any principal of account ${FOREIGN} that sends ExternalId new-2 (before: only where sts:ExternalId is old-1)`,
      ],
      lost: [
        `medium any principal of account ${FOREIGN} that sends ExternalId old-1 (now: only where sts:ExternalId is new-2)`,
      ],
    },
  ],
  [
    'a second ExternalId accepted: only the new one is news',
    policy(allow(foreign, externalId('old-1'))),
    policy(allow(foreign, externalId(['old-1', 'new-2']))),
    {
      verdict: 'widened',
      gained: [
        `medium any principal of account ${FOREIGN} that sends ExternalId new-2 (before: only where sts:ExternalId is old-1)`,
      ],
    },
  ],
  [
    'an account narrowed to one of its roles',
    policy(allow(foreign)),
    policy(allow(role(FOREIGN, 'Deploy'))),
    { verdict: 'narrowed', lost: [`medium any other principal of account ${FOREIGN}`] },
  ],
  [
    'one role of a foreign account widened to the account',
    policy(allow(role(FOREIGN, 'Deploy'))),
    policy(allow(foreign)),
    { verdict: 'widened', gained: [`high any other principal of account ${FOREIGN}`] },
  ],
  [
    'a PrincipalArn pin loosened from one role to a pattern',
    policy(allow(foreign, { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${FOREIGN}:role/app-a` } })),
    policy(allow(foreign, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${FOREIGN}:role/app-*` } })),
    { verdict: 'widened' },
  ],
  [
    'MFA no longer needed',
    policy(allow(foreign, mfa)),
    policy(allow(foreign)),
    {
      verdict: 'widened',
      gained: [`high any principal of account ${FOREIGN} (before: only where aws:MultiFactorAuthPresent is true)`],
    },
  ],
  [
    'MFA weakened by IfExists lets long-term keys in',
    policy(allow(foreign, mfa)),
    policy(allow(foreign, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })),
    { verdict: 'widened' },
  ],
  [
    'the organisation fence taken away',
    policy(allow(everyone, ownOrg)),
    policy(allow(everyone)),
    {
      verdict: 'widened',
      gained: ['critical anyone with an AWS account (before: only where aws:PrincipalOrgID is o-ownorg)'],
    },
  ],
  [
    'a Deny fence taken away',
    policy(allow(everyone), deny(everyone, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ownorg' } })),
    policy(allow(everyone)),
    {
      verdict: 'widened',
      gained: [
        'critical anyone with an AWS account where aws:PrincipalOrgID is not o-ownorg (before: kept out by a Deny)',
      ],
    },
  ],
  [
    'a fence written as Deny instead of as condition',
    policy(allow(everyone, ownOrg)),
    policy(allow(everyone), deny(everyone, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ownorg' } })),
    { verdict: 'equivalent' },
  ],
  [
    'a Deny that leaves those who know the ExternalId',
    policy(allow(root(OWN))),
    policy(allow(root(OWN)), allow(foreign), deny(foreign, { StringNotEquals: { 'sts:ExternalId': 'k7-31' } })),
    { verdict: 'widened', gained: [`medium any principal of account ${FOREIGN} that sends ExternalId k7-31`] },
  ],
  [
    'a Deny that leaves those with MFA',
    null,
    policy(allow(foreign), deny(everyone, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
    { verdict: 'widened', gained: [`medium any principal of account ${FOREIGN} signed in with MFA`] },
  ],
  [
    'a Deny that misses those with long-term keys',
    null,
    policy(allow(foreign), deny(everyone, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })),
    {
      verdict: 'widened',
      gained: [`high any principal of account ${FOREIGN} where aws:MultiFactorAuthPresent is true, or is absent`],
    },
  ],
  [
    'a Deny of one account',
    null,
    policy(allow(tasks), deny(tasks, { StringEquals: { 'aws:SourceAccount': OWN } })),
    {
      verdict: 'widened',
      gained: [`medium the service ecs-tasks.amazonaws.com where aws:SourceAccount is not ${OWN}`],
    },
  ],
  [
    'a Deny of repositories',
    null,
    policy(allow(GITHUB, undefined, WEB), deny(GITHUB, subject('repo:acme/*', 'StringNotLike'), WEB)),
    {
      verdict: 'widened',
      gained: [
        "critical GitHub Actions runs of anyone's repository, except where aud is sts.amazonaws.com and sub is not like repo:acme/*",
      ],
    },
  ],
  [
    'a Deny under two conditions, and one that meets nobody who is let in',
    null,
    policy(
      allow(foreign, externalId('k7-31')),
      deny(foreign, { ...mfa, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      deny(foreign, { StringNotEquals: { 'sts:ExternalId': 'k7-31' } }),
    ),
    {
      verdict: 'widened',
      gained: [
        `medium any principal of account ${FOREIGN} that sends ExternalId k7-31, except where aws:MultiFactorAuthPresent is true and aws:SourceIp is within 203.0.113.0/24`,
      ],
    },
  ],
  [
    'a Deny under an order or a set, which no single condition turns round',
    null,
    policy(
      allow(foreign),
      deny(foreign, { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } }),
      deny(foreign, { StringEqualsIfExists: { 'sts:ExternalId': 'a' } }),
      deny(foreign, { Null: { 'aws:PrincipalTag/a': 'true' } }),
    ),
    {
      verdict: 'widened',
      gained: [
        `high any principal of account ${FOREIGN}, except where aws:MultiFactorAuthAge is greater than 3600, where sts:ExternalId is a, or is not sent or where aws:PrincipalTag/a is absent`,
      ],
    },
  ],
  [
    'an account of the organisation is said to be one',
    null,
    policy(allow(root(MEMBER))),
    { verdict: 'widened', gained: [`low any principal of account ${MEMBER} (of your organization)`] },
  ],
  [
    'a star that is none, no values at all, and what would be a variable in another version',
    policy(allow(foreign)),
    JSON.stringify({
      Statement: allow(foreign, {
        StringEquals: { 'sts:ExternalId': 'acme-*', 'aws:PrincipalTag/a': [], 'sts:RoleSessionName': USERNAME },
      }),
    }),
    {
      verdict: 'narrowed',
      lost: [
        `medium any principal of account ${FOREIGN} (now: only where sts:ExternalId is acme-*, literally, aws:PrincipalTag/a is one of an empty list and sts:RoleSessionName is ${USERNAME}, literally)`,
      ],
    },
  ],
  [
    'of several repositories each is told, whoever else gets in',
    policy(allow(GITHUB, subject('repo:x/y:*'), WEB)),
    policy(allow(GITHUB, subject(['repo:acme/*', 'repo:*/deploy:*']), WEB)),
    {
      verdict: 'both',
      gained: [
        "critical GitHub Actions runs of anyone's repository (sub repo:acme/* or repo:*/deploy:*) (before: only x/y)",
      ],
    },
  ],
  [
    'an address range widened',
    policy(allow(everyone, { IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } })),
    policy(allow(everyone, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
    {
      verdict: 'widened',
      gained: [
        'high anyone with an AWS account from 203.0.113.0/24 (before: only where aws:SourceIp is within 203.0.113.0/25)',
      ],
    },
  ],
  [
    'one range written as its two halves',
    policy(allow(everyone, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
    policy(allow(everyone, { IpAddress: { 'aws:SourceIp': ['203.0.113.128/25', '203.0.113.0/25'] } })),
    { verdict: 'equivalent' },
  ],
  [
    'a GitHub branch widened to its repository',
    policy(allow(GITHUB, subject('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'), WEB)),
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    { verdict: 'widened' },
  ],
  [
    'a GitHub repository widened to its organisation',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(allow(GITHUB, subject('repo:acme/*'), WEB)),
    {
      verdict: 'widened',
      gained: ['medium GitHub Actions runs of any repository of acme (before: only acme/deploy)'],
    },
  ],
  [
    'a GitHub subject condition dropped: any repository of the world',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(allow(GITHUB, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, WEB)),
    {
      verdict: 'widened',
      gained: ["critical GitHub Actions runs of anyone's repository (before: only acme/deploy)"],
    },
  ],
  [
    'a pattern that covers no more than another',
    policy(allow(GITHUB, subject(['repo:acme/*', 'repo:acme/deploy:*']), WEB)),
    policy(allow(GITHUB, subject('repo:acme/*'), WEB)),
    { verdict: 'equivalent' },
  ],
  [
    'SourceAccount demanded from a service',
    policy(allow({ Service: 'sns.amazonaws.com' })),
    policy(allow({ Service: 'sns.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': OWN } })),
    {
      verdict: 'narrowed',
      lost: [`medium the service sns.amazonaws.com (now: only where aws:SourceAccount is ${OWN})`],
    },
  ],
  [
    'session tags newly allowed',
    policy(allow(foreign, externalId('x1'))),
    policy(allow(foreign, externalId('x1'), ['sts:AssumeRole', 'sts:TagSession'])),
    { verdict: 'widened' },
  ],
  [
    'statements split, reordered, relabelled, spelt otherwise',
    policy(allow({ AWS: [FOREIGN, MEMBER], Service: 'ec2.amazonaws.com' })),
    policy(
      { Sid: 'B', ...allow({ Service: ['ec2.amazonaws.com'] }) },
      { Sid: 'A', ...allow(root(MEMBER), undefined, ['STS:assumerole']) },
      allow({ AWS: [`arn:aws:iam::${FOREIGN}:root`, FOREIGN] }),
    ),
    { verdict: 'equivalent' },
  ],
  [
    'keys in another case and a value twice',
    policy(allow(foreign, { StringEquals: { 'sts:externalid': ['a', 'a'] } })),
    policy(allow(foreign, { StringEquals: { 'sts:ExternalId': 'a' } })),
    { verdict: 'equivalent' },
  ],
  [
    'the keys of variables in another case',
    policy(allow(root(OWN), { StringEquals: { 'sts:RoleSessionName': USERNAME } })),
    policy(allow(root(OWN), { StringEquals: { 'sts:RoleSessionName': ['$', '{ AWS:UserName }'].join('') } })),
    { verdict: 'equivalent' },
  ],
  [
    'a session of a role that is trusted anyway',
    policy(allow(role(FOREIGN, 'Deploy'))),
    policy(allow({ AWS: [`arn:aws:iam::${FOREIGN}:role/Deploy`, `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`] })),
    { verdict: 'equivalent' },
  ],
  [
    'a deleted principal removed: nobody noticed',
    policy(allow({ AWS: [OWN, 'AROAEXAMPLEDELETED123'] })),
    policy(allow(root(OWN))),
    { verdict: 'equivalent' },
  ],
  [
    'a condition on sts:DurationSeconds can never hold: everybody lost access',
    policy(allow(foreign)),
    policy(allow(foreign, { NumericLessThanEquals: { 'sts:DurationSeconds': '3600' } })),
    { verdict: 'narrowed' },
  ],
  [
    'an operator nobody knows',
    policy(allow(foreign)),
    policy(allow(foreign, { StringMatches: { 'sts:ExternalId': 'a' } })),
    { verdict: 'undecided' },
  ],
  [
    'the same unknown operator on both sides, and a foreign account more',
    policy(allow(root(OWN), { StringMatches: { 'aws:x': 'a' } })),
    policy(allow(root(OWN), { StringMatches: { 'aws:x': 'a' } }), allow(foreign)),
    { verdict: 'widened', gained: [`high any principal of account ${FOREIGN}`] },
  ],
  ['a role that came to be', null, policy(allow(root(OWN))), { verdict: 'widened' }],
  ['a document that is no JSON', policy(allow(root(OWN))), '{"Statement":', { verdict: 'undecided' }],
]
