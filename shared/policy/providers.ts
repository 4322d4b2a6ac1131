/**
 * Identity providers that many share. For each, which claims tell one user from another, and what a value must begin with to pin a
 * group or a single subject. Everything else in their tokens a stranger chooses himself.
 * Sources: each provider's OpenID Connect documentation; IAM User Guide, id_roles_providers_oidc_secure-by-default.
 */

import { CLOSED } from './closed-providers.ts'
import { type Anchor, GITHUB, GITHUB_SUB, OWNER, PROJECT, type SharedProvider, WHOLE } from './provider-claims.ts'

/** Parts that a subject names one after the other, each up to a colon: the first pins a group, all of them a single subject. */
function parts(group: string, ...rest: readonly string[]): Anchor {
  const whole = [group, ...rest].join('')
  return { subject: new RegExp(`^${whole}(?::|$)`), group: new RegExp(`^${group}(?:[:/]|$)`) }
}

/** Microsoft's own tenant, from which Sentinel and Defender call for all customers alike: whose workspace it is stands in the session's name. */
export const SENTINEL = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'

const PLAIN: readonly (readonly [string, string, SharedProvider['claims']])[] = [
  ['vstoken.actions.githubusercontent.com', 'GitHub Actions', { sub: GITHUB_SUB }],
  ['oidc-configuration.audit-log.githubusercontent.com', 'GitHub audit log', { sub: WHOLE }],
  ['oidc.codefresh.io', 'Codefresh', { sub: parts('account:[^*?:]+', ':pipeline:[^*?:]+') }],
  ['studio.datachain.ai/api', 'DataChain Studio', { sub: parts('credentials:[^*?:/]+(?=/|$)', '/[^*?:]+') }],
  ['scalr.io', 'Scalr', { sub: parts('account:[^*?:]+', ':environment:[^*?:]+', ':workspace:[^*?:]+') }],
  ['tokens.cloud.shisho.dev', 'Shisho Cloud', { sub: WHOLE }],
  ['proidc.upbound.io', 'Upbound', { sub: parts('mcp:[^*?:/]+(?=/)', '/[^*?:]+') }],
  ['api.pulumi.com/oidc', 'Pulumi', { sub: parts('pulumi:[^*?:]+:org:[^*?:]+', ':project:[^*?:]+'), aud: OWNER }],
  ['sandboxes.cloud', 'Sandboxes', { sub: WHOLE, aud: WHOLE }],
  // The audience names the team: `https://vercel.com/<team>`.
  ['oidc.vercel.com', 'Vercel', { sub: parts('owner:[^*?:]+', ':project:[^*?:]+'), aud: OWNER }],
  // `MicrosoftSentinel_<workspace>`, `MicrosoftDefenderForClouds_<…>` (Microsoft Sentinel: Configure AWS for its connectors).
  [SENTINEL, 'Microsoft Sentinel', { 'sts:rolesessionname': { subject: /^[^*?_]+_[^*?]+$/, group: null } }],
]

export const SHARED_PROVIDERS: readonly SharedProvider[] = [
  { ...GITHUB, issuer: 'token.actions.githubusercontent.com', closed: false },
  {
    issuer: 'gitlab.com',
    label: 'GitLab',
    subjects: 'jobs',
    owned: 'project',
    claims: {
      sub: { subject: /^project_path:[^*?/:]+\/[^*?:]+:/, group: /^project_path:[^*?/:]+\// },
      namespace_path: OWNER,
      namespace_id: OWNER,
      project_path: PROJECT,
      project_id: WHOLE,
    },
    stranger: 'project_path:example-stranger/example:ref_type:branch:ref:main',
    closed: false,
    runs: {
      project: /^project_path:[^:]+/,
      branch: ':ref_type:branch:ref:example-branch',
      tag: /:ref_type:tag:/,
    },
  },
  {
    issuer: 'app.terraform.io',
    label: 'Terraform Cloud',
    subjects: 'runs',
    owned: 'workspace',
    claims: {
      sub: {
        subject: /^organization:[^*?:]+:project:[^*?:]+:workspace:[^*?:]+:/,
        group: /^organization:[^*?:]+:/,
      },
      terraform_organization_name: OWNER,
      terraform_organization_id: OWNER,
      terraform_workspace_id: WHOLE,
    },
    stranger: 'organization:example-stranger:project:example:workspace:example:run_phase:apply',
    closed: false,
  },
  {
    issuer: 'agent.buildkite.com',
    label: 'Buildkite',
    subjects: 'jobs',
    owned: 'pipeline',
    claims: {
      sub: { subject: /^organization:[^*?:]+:pipeline:[^*?:]+:/, group: /^organization:[^*?:]+:/ },
      organization_slug: OWNER,
    },
    stranger: 'organization:example-stranger:pipeline:example:ref:refs/heads/main:commit:0:step:example',
    closed: false,
    runs: {
      project: /^organization:[^:]+:pipeline:[^:]+/,
      branch: ':ref:refs/heads/example-branch:commit:0:step:example',
      tag: /:ref:refs\/tags\//,
    },
  },
  {
    issuer: 'cognito-identity.amazonaws.com',
    label: 'Cognito',
    subjects: 'users',
    owned: null,
    claims: {
      sub: WHOLE,
      // An identity pool has guests where it is set up so, and its id stands in every app that uses it.
      aud: OWNER,
      amr: { subject: /^(?!unauth)[^*?]+$/, group: /^/, within: true },
    },
    stranger: 'example-stranger',
    closed: false,
  },
  ...[
    ['accounts.google.com', 'Google'],
    ['graph.facebook.com', 'Facebook'],
    ['www.amazon.com', 'Login with Amazon'],
  ].map(([issuer = '', label = '']) => ({
    issuer,
    label,
    subjects: 'users',
    owned: null,
    claims: {
      sub: WHOLE,
      aud: WHOLE,
      oaud: WHOLE,
      azp: WHOLE,
      app_id: WHOLE,
      id: WHOLE,
      user_id: WHOLE,
    },
    stranger: 'example-stranger',
    closed: false,
  })),
  ...PLAIN.map(([issuer, label, claims]) => ({
    issuer,
    label,
    subjects: 'users',
    owned: null,
    claims,
    stranger: 'example-stranger',
    closed: false,
  })),
]

/** Those every account has without setting them up; written as they are named in policies. */
export const BUILT_IN: ReadonlySet<string> = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
])

/** @param issuer in lower case, without `https://`; that of an enterprise or a team has a path behind the one all share */
export function sharedProvider(issuer: string): SharedProvider | null {
  const shared = SHARED_PROVIDERS.find((one) => issuer === one.issuer || issuer.startsWith(`${one.issuer}/`))
  if (shared !== undefined) return issuer.replace(/\/$/, '') === shared.issuer ? shared : { ...shared, closed: true }
  const closed = CLOSED.find(([pattern]) => pattern.test(issuer))?.[1]
  return closed === undefined ? null : { ...closed, issuer, closed: true }
}

/** How far a value of a claim can be a stranger's: his, a whole group's, or one subject's. */
export function reach(provider: SharedProvider, claim: string, value: string): 'stranger' | 'group' | 'subject' {
  const anchor = anchorOf(provider, claim)
  if (anchor === undefined) return 'stranger'
  if (anchor.subject?.test(value) === true) return 'subject'
  return anchor.group?.test(value) === true ? 'group' : 'stranger'
}

/** @param claim of the document's choosing: `constructor` is one nobody knows */
export function anchorOf({ claims }: SharedProvider, claim: string): Anchor | undefined {
  return Object.hasOwn(claims, claim) ? claims[claim] : undefined
}
