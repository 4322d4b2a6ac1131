/** The grammar of principals, of every type and partition. */

import { allow, OWN, one, own, WEB, withPrincipal } from './build.ts'
import { answered, type GrammarRule, PRINCIPALS, SHARED_ISSUERS } from './grammar.ts'

const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc']
const AT = '/Statement/0/Principal'

const good = (key: string, values: readonly string[]) => values.map((value) => withPrincipal({ [key]: value }))
const bad = (key: string, code: string, values: readonly string[]) =>
  values.map((value) => [withPrincipal({ [key]: value }), code, `${AT}/${key}`] as const)

const provider = (issuer: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${issuer}` })
const web = (issuer: string, condition?: unknown) => one(allow(provider(issuer), condition, WEB))
const GITHUB = 'token.actions.githubusercontent.com'
const SENTINEL = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'
const BY_SUBJECT = [
  GITHUB,
  'vstoken.actions.githubusercontent.com',
  'oidc-configuration.audit-log.githubusercontent.com',
  'gitlab.com',
  'agent.buildkite.com',
  'app.terraform.io',
  'oidc.codefresh.io',
  'studio.datachain.ai/api',
  'scalr.io',
  'tokens.cloud.shisho.dev',
  'proidc.upbound.io',
]
const BY_AUDIENCE = ['api.pulumi.com/oidc', 'sandboxes.cloud', 'oidc.vercel.com']
const OPEN = 'missing-provider-condition'
const COGNITO = { Federated: 'cognito-identity.amazonaws.com' }
const pool = 'us-east-1:0c0ffee0-1111-2222-3333-444455556666'

export const PRINCIPAL_RULES: readonly GrammarRule[] = [
  {
    rule: 'an AWS principal is everyone, an account, its root, a role, a user or a session',
    source: answered('pf-iam-trust-policy-aws-principal-format'),
    good: [
      ...good('AWS', ['*', OWN, '1111-2222-3333']),
      ...PARTITIONS.flatMap((partition) =>
        good('AWS', [
          `arn:${partition}:iam::${OWN}:root`,
          `arn:${partition}:iam::${OWN}:role/Deploy`,
          `arn:${partition}:iam::${OWN}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
          `arn:${partition}:iam::${OWN}:user/division/name+=,.@-_`,
          `arn:${partition}:sts::${OWN}:assumed-role/Deploy/ana@example.com`,
          `arn:${partition}:sts::${OWN}:federated-user/ann`,
        ]),
      ),
    ],
    bad: bad('AWS', 'invalid-aws-principal', [
      '',
      '12345',
      '11112222333',
      '1111222233334',
      `${OWN} `,
      `arn:aws:iam::${OWN}:user/*`,
      `arn:aws:iam::${OWN}:role/Depl?y`,
      `arn:aws:iam::${OWN}:*`,
      `arn:aws:iam::${OWN}:role/Deploy `,
      `arn:aws:iam::${OWN}:role/`,
      `arn:aws:iam::${OWN}:role/two words`,
      `arn:aws:iam::${OWN}:role/${'x'.repeat(65)}`,
      `arn:aws:iam::${OWN}:group/Admins`,
      `arn:aws:iam::${OWN}:policy/Admin`,
      `arn:aws:iam::${OWN}:instance-profile/x`,
      `arn:aws:iam:us-east-1:${OWN}:role/Deploy`,
      'arn:aws:iam::*:role/Deploy',
      'arn:aws:iam::aws:role/Deploy',
      `arn:aws:sts::${OWN}:assumed-role/Deploy`,
      `arn:aws:sts::${OWN}:assumed-role/Deploy/*`,
      `arn:aws:s3:::bucket`,
      `iam::${OWN}:root`,
      'lambda.amazonaws.com',
      'AIPAEXAMPLEPROFILE123',
    ]),
  },
  {
    rule: 'an id of what was deleted cannot be written again',
    source: PRINCIPALS,
    good: [],
    bad: bad('AWS', 'deleted-principal', ['AROAEXAMPLEDELETED123', 'AIDAEXAMPLEDELETED123']),
  },
  {
    rule: 'a service is named in full, under the suffix of its partition',
    source: answered('pf-iam-trust-policy-service-principal'),
    good: good('Service', [
      'ec2.amazonaws.com',
      'ec2.amazonaws.com.cn',
      'logs.eu-west-1.amazonaws.com',
      'ops.apigateway.amazonaws.com',
      'ec2.c2s.ic.gov',
      'ec2.sc2s.sgov.gov',
      'ec2.amazonaws.eu',
    ]),
    bad: bad('Service', 'invalid-service-principal', [
      '*',
      'ec2',
      '*.amazonaws.com',
      'amazonaws.com',
      'lambda.example.com',
      'ec2.amazonaws.com.example.com',
      'ec2.amazonaws.com ',
      'https://ec2.amazonaws.com',
      OWN,
    ]),
  },
  {
    rule: 'a provider is its ARN or its domain',
    source: PRINCIPALS,
    good: [
      ...good('Federated', ['accounts.google.com', 'www.amazon.com', 'graph.facebook.com']),
      ...PARTITIONS.flatMap((partition) =>
        good('Federated', [
          `arn:${partition}:iam::${OWN}:saml-provider/Okta`,
          `arn:${partition}:iam::${OWN}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF`,
        ]),
      ),
    ],
    bad: bad('Federated', 'invalid-federated-principal', [
      '*',
      '',
      'google',
      'accounts.google.com ',
      'https://accounts.google.com',
      `arn:aws:iam::${OWN}:saml-provider/*`,
      `arn:aws:iam::${OWN}:saml-provider/`,
      `arn:aws:iam::${OWN}:role/Okta`,
      'arn:aws:iam::1234:saml-provider/Okta',
      `arn:aws:s3::${OWN}:saml-provider/Okta`,
    ]),
  },
  {
    rule: 'the kinds are AWS, Service and Federated, spelt so, in an object that names somebody',
    source: PRINCIPALS,
    good: [withPrincipal({ AWS: [OWN], Service: ['ec2.amazonaws.com'] }), withPrincipal({ AWS: OWN, Service: [] })],
    bad: [
      [withPrincipal({ aws: OWN }), 'unknown-principal-key', `${AT}/aws`],
      [withPrincipal({ '*': '*' }), 'unknown-principal-key', `${AT}/*`],
      [withPrincipal({ CanonicalUser: '79a59df900b949e5' }), 'canonical-user', `${AT}/CanonicalUser`],
      [withPrincipal('*'), 'star-principal', AT],
      [withPrincipal(OWN), 'invalid-principal-element', AT],
      [withPrincipal([OWN]), 'invalid-principal-element', AT],
      [withPrincipal({ AWS: [OWN, 'x'] }), 'invalid-aws-principal', `${AT}/AWS/1`],
      [withPrincipal({ AWS: [OWN, 1] }), 'invalid-principal-element', `${AT}/AWS/1`],
      [withPrincipal({}), 'missing-principal', AT],
      [withPrincipal({ AWS: [] }), 'missing-principal', AT],
      [one({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'missing-principal', '/Statement/0'],
      [
        one({ Effect: 'Deny', NotPrincipal: own, Action: 'sts:AssumeRole' }),
        'not-principal',
        '/Statement/0/NotPrincipal',
      ],
    ],
  },
  {
    rule: 'a provider that serves everybody needs the condition that says whose token it is',
    source: SHARED_ISSUERS,
    good: [
      ...BY_SUBJECT.map((issuer) => web(issuer, { StringLike: { [`${issuer}:sub`]: 'acme*' } })),
      ...BY_AUDIENCE.map((issuer) => web(issuer, { StringEquals: { [`${issuer}:aud`]: 'acme' } })),
      web(SENTINEL, { StringEquals: { 'sts:RoleSessionName': 'MicrosoftSentinel_workspace' } }),
      web(GITHUB, { 'ForAnyValue:StringEqualsIgnoreCase': { [`${GITHUB.toUpperCase()}:Sub`]: ['*', 'repo:acme/x'] } }),
      one({ ...allow(provider(GITHUB), undefined, WEB), Effect: 'Deny' }),
      web('idp.example.com'),
      one(allow(provider(GITHUB), undefined, 'sts:TagSession')),
    ],
    bad: [
      ...[...BY_SUBJECT, ...BY_AUDIENCE, SENTINEL].map((issuer) => [web(issuer), OPEN, '/Statement/0'] as const),
      [web(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }), OPEN, '/Statement/0'],
      [web(GITHUB, { StringLike: { [`${GITHUB}:sub`]: ['*', '?*'] } }), OPEN, '/Statement/0'],
      [web(GITHUB, { StringNotLike: { [`${GITHUB}:sub`]: 'repo:other/*' } }), OPEN, '/Statement/0'],
      [web(GITHUB, { Null: { [`${GITHUB}:sub`]: 'false' } }), OPEN, '/Statement/0'],
      [web('oidc.vercel.com', { StringEquals: { 'oidc.vercel.com:sub': 'owner:acme' } }), OPEN, '/Statement/0'],
    ],
  },
  {
    rule: 'Cognito needs a condition, and one on the pool',
    source: answered('pf-iam-trust-policy-cognito-condition'),
    good: [
      one(allow(COGNITO, { StringEquals: { 'cognito-identity.amazonaws.com:aud': pool } }, WEB)),
      one({ ...allow(COGNITO, undefined, WEB), Effect: 'Deny' }),
    ],
    bad: [
      [one(allow(COGNITO, undefined, WEB)), 'missing-cognito-condition', '/Statement/0'],
      [one(allow(COGNITO, {}, WEB)), 'missing-cognito-condition', '/Statement/0'],
      [
        one(allow(COGNITO, { StringEquals: { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }, WEB)),
        OPEN,
        '/Statement/0',
      ],
    ],
  },
]
