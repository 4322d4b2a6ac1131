/** The words for every error that people meet: policy, who asks, what is said. Data only. */

import type { RoleContext } from '../../shared/policy/context.ts'
import type { Request } from '../../shared/policy/request.ts'
import { ABOUT, allow, deny, externalId, FOREIGN, GITHUB, mfa, OWN, policy, role, root, subject, WEB } from './build.ts'

const deploy = `arn:aws:iam::${FOREIGN}:role/Deploy`
const session = `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`
const ANN = `arn:aws:iam::${FOREIGN}:user/ann`
const WHO = `role Deploy of account ${FOREIGN}`

export interface Asked {
  readonly id?: string
  readonly type?: Request['principal']['type']
  readonly action?: string
  readonly context?: Request['context']
  readonly about?: RoleContext
}

const byAccount = (condition?: unknown, ...actions: readonly string[]) =>
  policy(allow(root(FOREIGN), condition, ['sts:AssumeRole', ...actions]))

export const CASES: readonly (readonly [string, string, Asked, readonly string[]])[] = [
  [
    'what is no principal',
    byAccount(),
    { id: 'somebody' },
    [
      'somebody is no principal: it is neither an account id nor an ARN. Use an account id, the ARN of a user, role or session, a service name or an identity provider',
    ],
  ],
  [
    'everybody is nobody in particular',
    byAccount(),
    { id: '*' },
    [
      'the caller is everybody: name one. Use an account id, the ARN of a user, role or session, a service name or an identity provider',
    ],
  ],
  [
    'what IAM leaves of a deleted role',
    byAccount(),
    { id: 'AROAEXAMPLEDELETED123' },
    [
      'AROAEXAMPLEDELETED123 is what IAM leaves of a deleted role: nobody calls with it. Use an account id, the ARN of a user, role or session, a service name or an identity provider',
    ],
  ],
  [
    'an account that is not trusted',
    policy(allow(root(OWN)), allow({ Service: 'lambda.amazonaws.com' })),
    {},
    [`no statement trusts ${WHO}; trusted are account ${OWN} and the service lambda.amazonaws.com`],
  ],
  ['nobody is trusted', policy(deny({ AWS: OWN })), {}, ['no statement allows anything']],
  [
    'a misspelt service',
    policy(allow({ Service: 'lambda.amazonaws.com' })),
    { type: 'Service', id: 'lamda.amazonaws.com' },
    [
      'no statement trusts the service lamda.amazonaws.com; trusted is the service lambda.amazonaws.com',
      'lambda.amazonaws.com is trusted, lamda.amazonaws.com is not: one of them may be misspelt. Upper and lower case count',
    ],
  ],
  [
    'a role in another case',
    policy(allow(role(FOREIGN, 'deploy'))),
    {},
    [
      `no statement trusts ${WHO}; trusted is role deploy of account ${FOREIGN}`,
      `arn:aws:iam::${FOREIGN}:role/deploy is trusted, ${deploy} is not: one of them may be misspelt. Upper and lower case count`,
    ],
  ],
  [
    'a role that was deleted and made anew',
    policy(allow({ AWS: 'AROAEXAMPLEDELETED123' })),
    {},
    [
      `no statement trusts ${WHO}; trusted is a deleted role (AROAEXAMPLEDELETED123)`,
      'if the caller was deleted and made anew, name its ARN in the trust policy again: the policy still means the old one',
    ],
  ],
  [
    'a missing ExternalId',
    byAccount(externalId(['a', 'b'])),
    {},
    [
      `${WHO} is trusted by statement 1, but sts:ExternalId must be a or b; the request has none. Pass the one agreed on (--external-id)`,
    ],
  ],
  [
    'a wrong ExternalId',
    byAccount(externalId('a')),
    { context: { 'sts:ExternalId': 'A' } },
    [
      `${WHO} is trusted by statement 1, but sts:ExternalId must be a; the request has A. It must be the one agreed on, in the same case`,
    ],
  ],
  [
    'an ExternalId from a service, which never sends one',
    policy(allow({ Service: 'lambda.amazonaws.com' }, externalId('a'))),
    { type: 'Service', id: 'lambda.amazonaws.com', context: { 'sts:ExternalId': 'a' } },
    [
      'the service lambda.amazonaws.com is trusted by statement 1, but it asks for sts:ExternalId, which a call like this never carries, so the statement can never match it',
    ],
  ],
  [
    'no MFA',
    byAccount(mfa),
    {},
    [
      `${WHO} is trusted by statement 1, but aws:MultiFactorAuthPresent must be true; the request has none. Long-term keys never carry it: get a session with an MFA code first (aws sts get-session-token --serial-number … --token-code …)`,
    ],
  ],
  [
    'a session without MFA',
    byAccount(mfa),
    { context: { 'aws:MultiFactorAuthPresent': 'false' } },
    [
      `${WHO} is trusted by statement 1, but aws:MultiFactorAuthPresent must be true; the request has false. Sign in again with an MFA code`,
    ],
  ],
  [
    'MFA too long ago',
    byAccount({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }),
    { id: ANN, context: { 'aws:MultiFactorAuthAge': '4000' } },
    [
      `user ann of account ${FOREIGN} is trusted by statement 1, but aws:MultiFactorAuthAge must be less than 3600; the request has 4000. Sign in again with an MFA code: the last one is too long ago`,
    ],
  ],
  [
    'a session name that is not allowed',
    byAccount({ StringLike: { 'sts:RoleSessionName': 'ci-*' } }),
    { context: { 'sts:RoleSessionName': 'ann' } },
    [
      `${WHO} is trusted by statement 1, but sts:RoleSessionName must be like ci-*; the request has ann. Choose another session name`,
    ],
  ],
  [
    'a session longer than any may be',
    byAccount(),
    { id: `arn:aws:iam::${FOREIGN}:user/ann`, context: { 'sts:DurationSeconds': '50000' } },
    ['the request asks for a session of 50000 seconds, and STS refuses more than 43200, of any role'],
  ],
  [
    "a session longer than the role's maximum",
    byAccount(),
    {
      id: `arn:aws:iam::${FOREIGN}:user/ann`,
      context: { 'sts:DurationSeconds': '7200' },
      about: { maxSessionSeconds: 3600 },
    },
    [
      "the request asks for a session of 7200 seconds, and STS refuses more than 3600, the role's maximum session duration",
    ],
  ],
  [
    'a long session, where one role assumes another',
    byAccount(),
    { id: session, context: { 'sts:DurationSeconds': '7200' }, about: { maxSessionSeconds: 43200 } },
    [
      "the request asks for a session of 7200 seconds, and STS refuses more than 3600 when one role assumes another, whatever the role's maximum",
    ],
  ],
  [
    'a session too short',
    byAccount(),
    { context: { 'sts:DurationSeconds': '60' } },
    ['the request asks for a session of 60 seconds, and STS refuses less than 900'],
  ],
  [
    'a policy that asks for the length of the session',
    byAccount({ NumericLessThan: { 'sts:DurationSeconds': '3600' } }),
    { context: { 'sts:DurationSeconds': '900' } },
    [
      `${WHO} is trusted by statement 1, but it asks for sts:DurationSeconds, which never exists on calls that assume a role, so the statement can never match. The role's maximum session duration limits sessions`,
    ],
  ],
  [
    'a source identity that may not be set',
    byAccount(),
    { context: { 'sts:SourceIdentity': 'ann' } },
    [
      `the call passes a source identity, so sts:SetSourceIdentity must be allowed too: ${WHO} is trusted, but not for sts:SetSourceIdentity`,
    ],
  ],
  [
    'a source identity of another name',
    byAccount({ StringEquals: { 'sts:SourceIdentity': 'bob' } }, 'sts:SetSourceIdentity'),
    { context: { 'sts:SourceIdentity': 'ann' } },
    [
      `${WHO} is trusted by statement 1, but sts:SourceIdentity must be bob; the request has ann. Pass another source identity`,
      `the call passes a source identity, so sts:SetSourceIdentity must be allowed too: ${WHO} is trusted by statement 1, but sts:SourceIdentity must be bob; the request has ann. Pass another source identity`,
    ],
  ],
  [
    'tags that may not be set',
    byAccount(),
    { context: { 'aws:RequestTag/team': 'red' } },
    [
      `the call passes session tags, so sts:TagSession must be allowed too: ${WHO} is trusted, but not for sts:TagSession`,
    ],
  ],
  [
    'a tag that may not be set',
    policy(
      allow(root(FOREIGN)),
      allow(root(FOREIGN), { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }, 'sts:TagSession'),
    ),
    { context: { 'aws:TagKeys': ['a', 'c'] } },
    [
      `the call passes session tags, so sts:TagSession must be allowed too: ${WHO} is trusted by statement 2, but every aws:TagKeys must be a or b, or is not sent; the request has a and c`,
    ],
  ],
  [
    "the caller's own policy, from another account",
    byAccount(),
    {},
    [
      'statement 1 allows it',
      `the trust policy alone does not let ${WHO} in: a policy of its own must allow sts:AssumeRole on this role too`,
    ],
  ],
  [
    "the caller's own policy, with tags",
    byAccount(undefined, 'sts:TagSession'),
    { context: { 'aws:RequestTag/a': 'b' } },
    [
      'statement 1 allows it',
      'statement 1 allows sts:TagSession',
      `the trust policy alone does not let ${WHO} in: a policy of its own must allow sts:AssumeRole and sts:TagSession on this role too`,
    ],
  ],
  [
    'the root user',
    byAccount(),
    { id: FOREIGN },
    [
      'statement 1 allows it',
      `the root user itself cannot assume roles: a user or role of account ${FOREIGN} must call, with a policy of its own that allows sts:AssumeRole on this role`,
    ],
  ],
  [
    'a role of the same account that is named',
    policy({ Sid: 'Ci', ...allow(role(OWN, 'Ci')) }),
    { id: `arn:aws:iam::${OWN}:role/Ci`, about: ABOUT },
    ['statement 1 (Ci) allows it'],
  ],
  [
    'a call of another kind',
    policy(allow(GITHUB, undefined, ['sts:AssumeRole', WEB])),
    { type: 'Federated', id: GITHUB.Federated },
    [`this kind of caller assumes a role with ${WEB}; it cannot call sts:AssumeRole`],
  ],
  [
    'a provider that is trusted for another call',
    policy(allow(GITHUB)),
    { type: 'Federated', id: GITHUB.Federated, action: WEB },
    [`a user of the identity provider ${GITHUB.Federated} is trusted, but not for ${WEB}`],
  ],
  [
    'another repository',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    {
      type: 'Federated',
      id: GITHUB.Federated,
      action: WEB,
      context: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:acme/web:ref:refs/heads/main',
      },
    },
    [
      `a user of the identity provider ${GITHUB.Federated} is trusted by statement 1, but token.actions.githubusercontent.com:sub must be like repo:acme/deploy:*; the request has repo:acme/web:ref:refs/heads/main`,
    ],
  ],
  [
    'another organisation, or none',
    policy(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } })),
    {},
    [
      `${WHO} is trusted by statement 1, but aws:PrincipalOrgID must be o-a; the request has none. It is there when the caller's account is in an organisation`,
    ],
  ],
  [
    'the statement that comes nearest speaks first',
    policy(
      allow(root(FOREIGN), { StringEquals: { 'aws:PrincipalTag/a': 'x', 'aws:PrincipalTag/b': 'y' } }),
      allow(root(FOREIGN), { Null: { 'aws:PrincipalTag/c': 'false' } }),
    ),
    { context: { 'aws:PrincipalTag/a': [] } },
    [
      `${WHO} is trusted by statement 2, but aws:PrincipalTag/c must be present; the request has none`,
      `${WHO} is trusted by statement 1, but aws:PrincipalTag/a must be x; the request has an empty list`,
      `${WHO} is trusted by statement 1, but aws:PrincipalTag/b must be y; the request has none`,
    ],
  ],
  [
    'a Deny, with its conditions',
    policy(allow(root(FOREIGN)), {
      Sid: 'Fence',
      ...deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a' }, Null: { 'sts:ExternalId': 'true' } }),
    }),
    {},
    ['statement 2 (Fence) denies it because aws:PrincipalOrgID is not o-a and sts:ExternalId is absent'],
  ],
  [
    'an operator nobody knows',
    byAccount({ StringMatches: { 'aws:x': 'a' } }),
    {},
    ['cannot be decided: what StringMatches does with aws:x (/Statement/0/Condition/StringMatches/aws:x)'],
  ],
  [
    'a variable whose value the request does not say',
    byAccount({ StringEquals: { 'aws:PrincipalTag/a': '$'.concat('{aws:UserAgent}') } }),
    { context: { 'aws:PrincipalTag/a': 'x' } },
    [
      'cannot be decided: the request does not say aws:UserAgent, which aws:PrincipalTag/a is compared with (/Statement/0/Condition/StringEquals/aws:PrincipalTag~1a)',
    ],
  ],
  [
    "a session's role with a path",
    byAccount({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/teams/*/Deploy' } }),
    { id: session },
    [
      "cannot be decided: a session does not show its role's path, and aws:PrincipalArn is compared with one: say aws:PrincipalArn, the role's ARN (/Statement/0/Condition/ArnLike/aws:PrincipalArn)",
    ],
  ],
  [
    'whom NotPrincipal covers',
    policy({ Effect: 'Allow', NotPrincipal: root(OWN), Action: 'sts:AssumeRole' }),
    {},
    ['cannot be decided: whom its principal covers (/Statement/0)'],
  ],
  ['what cannot be read', '{', {}, ['the document could not be read, so nothing is known about who gets in']],
]
