/**
 * Identity providers that vouch for strangers: whose users anybody can become. For each, which claims tell one user from another, and
 * what a value must begin with to pin a group or a single subject. Everything else in their tokens a stranger chooses himself.
 * Sources: each provider's OpenID Connect documentation; IAM User Guide, id_roles_providers_oidc_secure-by-default.
 */

interface Anchor {
  /** Pins one repository, project, workspace or user. Null: this claim never pins one. */
  readonly subject: RegExp | null
  /** Pins one organisation or group. */
  readonly group: RegExp | null
}

export interface SharedProvider {
  /** The issuer, as condition keys begin; in lower case. */
  readonly issuer: string
  readonly label: string
  /** What a member of it is called. */
  readonly subjects: string
  readonly claims: Readonly<Record<string, Anchor>>
  /** A subject that is nobody's in particular. */
  readonly stranger: string
}

const ANYTHING: Anchor = { subject: /^[^*?]/, group: null }
const OWNER: Anchor = { subject: null, group: /^[^*?]+$/ }
const REPOSITORY: Anchor = { subject: /^[^*?/]+\/[^*?]+/, group: /^[^*?/]+\// }

const GITHUB_SUB: Anchor = {
  subject: /^(?:repo|repository|job_workflow_ref):[^*?/:]+\/[^*?:]+(?::|$)|^repository_id:[^*?]+(?::|$)/,
  group:
    /^(?:repo|repository|job_workflow_ref):[^*?/:]+\/|^(?:repository_owner|repository_owner_id|enterprise|enterprise_id):[^*?:]+(?::|$)/,
}

export const SHARED_PROVIDERS: readonly SharedProvider[] = [
  {
    issuer: 'token.actions.githubusercontent.com',
    label: 'GitHub Actions',
    subjects: 'runs',
    claims: {
      sub: GITHUB_SUB,
      repository: REPOSITORY,
      repository_id: ANYTHING,
      repository_owner: OWNER,
      repository_owner_id: OWNER,
      job_workflow_ref: REPOSITORY,
      workflow_ref: REPOSITORY,
      enterprise: OWNER,
      enterprise_id: OWNER,
    },
    stranger: 'repo:example-stranger/example:ref:refs/heads/main',
  },
  {
    issuer: 'gitlab.com',
    label: 'GitLab',
    subjects: 'jobs',
    claims: {
      sub: { subject: /^project_path:[^*?:]+\/[^*?:]+:/, group: /^project_path:[^*?/:]+\// },
      namespace_path: OWNER,
      namespace_id: OWNER,
      project_path: REPOSITORY,
      project_id: ANYTHING,
    },
    stranger: 'project_path:example-stranger/example:ref_type:branch:ref:main',
  },
  {
    issuer: 'app.terraform.io',
    label: 'Terraform Cloud',
    subjects: 'runs',
    claims: {
      sub: {
        subject: /^organization:[^*?:]+:project:[^*?:]+:workspace:[^*?:]+:/,
        group: /^organization:[^*?:]+:/,
      },
      terraform_organization_name: OWNER,
      terraform_organization_id: OWNER,
      terraform_workspace_id: ANYTHING,
    },
    stranger: 'organization:example-stranger:project:example:workspace:example:run_phase:apply',
  },
  {
    issuer: 'agent.buildkite.com',
    label: 'Buildkite',
    subjects: 'jobs',
    claims: {
      sub: { subject: /^organization:[^*?:]+:pipeline:[^*?:]+:/, group: /^organization:[^*?:]+:/ },
      organization_slug: OWNER,
    },
    stranger: 'organization:example-stranger:pipeline:example:ref:refs/heads/main:commit:0:step:example',
  },
  ...[
    ['cognito-identity.amazonaws.com', 'Cognito'],
    ['accounts.google.com', 'Google'],
    ['graph.facebook.com', 'Facebook'],
    ['www.amazon.com', 'Login with Amazon'],
  ].map(([issuer = '', label = '']) => ({
    issuer,
    label,
    subjects: 'users',
    claims: {
      sub: ANYTHING,
      aud: ANYTHING,
      oaud: ANYTHING,
      azp: ANYTHING,
      app_id: ANYTHING,
      id: ANYTHING,
      user_id: ANYTHING,
    },
    stranger: 'example-stranger',
  })),
  ...[
    ['vstoken.actions.githubusercontent.com', 'GitHub Actions'],
    ['oidc.codefresh.io', 'Codefresh'],
    ['studio.datachain.ai/api', 'DataChain Studio'],
    ['scalr.io', 'Scalr'],
    ['tokens.cloud.shisho.dev', 'Shisho Cloud'],
    ['proidc.upbound.io', 'Upbound'],
    ['api.pulumi.com/oidc', 'Pulumi'],
    ['sandboxes.cloud', 'Sandboxes'],
    ['oidc.vercel.com', 'Vercel'],
  ].map(([issuer = '', label = '']) => ({
    issuer,
    label,
    subjects: 'users',
    claims: { sub: ANYTHING, aud: ANYTHING },
    stranger: 'example-stranger',
  })),
]

/** Those every account has without setting them up; written as they are named in policies. */
export const BUILT_IN: ReadonlySet<string> = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
])

/** @param issuer in lower case, without `https://`; enterprises have a path behind it */
export function sharedProvider(issuer: string): SharedProvider | null {
  return SHARED_PROVIDERS.find((one) => issuer === one.issuer || issuer.startsWith(`${one.issuer}/`)) ?? null
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
