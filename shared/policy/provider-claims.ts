/** What tokens of identity providers claim, and which claims tell one user from another. Knows no issuer. */

export interface Anchor {
  /** Pins one repository, project, workspace or user. Null: this claim never pins one. */
  readonly subject: RegExp | null
  /** Pins one organisation or group. */
  readonly group: RegExp | null
  /** Says something only beside a claim that pins a group: a stranger's own organisation puts there what he likes. */
  readonly within?: true
}

export interface SharedProvider {
  /** The issuer, as condition keys begin; in lower case. */
  readonly issuer: string
  readonly label: string
  /** What a member of it is called. */
  readonly subjects: string
  /** What its owners have there; null: there is no word for it. */
  readonly owned: string | null
  readonly claims: Readonly<Record<string, Anchor>>
  /** A subject that is nobody's in particular. */
  readonly stranger: string
  /** The issuer names one organisation, so that a stranger has no token of it. */
  readonly closed: boolean
  readonly runs?: Runs
}

/** What a subject says behind the project that it names, by what set the job off. */
export interface Runs {
  /** The project, at the beginning of a subject. */
  readonly project: RegExp
  readonly branch: string
  readonly tag: RegExp
  readonly proposal?: string
}

/** An id without parts: the beginning of one names nobody. */
export const WHOLE: Anchor = { subject: /^[^*?]+$/, group: null }
export const OWNER: Anchor = { subject: null, group: /^[^*?]+$/ }
/** `owner/name`, and what may follow behind another slash. */
export const REPOSITORY: Anchor = { subject: /^[^*?/]+\/[^*?/]+(?:\/|$)/, group: /^[^*?/]+\// }
/** `group/…/name`: a group may hold groups. */
export const PROJECT: Anchor = { subject: /^[^*?/]+\/[^*?]+$/, group: /^[^*?/]+\// }

export const GITHUB_SUB: Anchor = {
  subject: /^(?:repo|repository|job_workflow_ref):[^*?/:]+\/[^*?:]+(?::|$)|^repository_id:[^*?]+(?::|$)/,
  group:
    /^(?:repo|repository|job_workflow_ref):[^*?/:]+\/|^(?:repository_owner|repository_owner_id|enterprise|enterprise_id):[^*?:]+(?::|$)/,
}

/** The same on every server of it. */
export const GITHUB: Omit<SharedProvider, 'issuer' | 'closed'> = {
  label: 'GitHub Actions',
  subjects: 'runs',
  owned: 'repository',
  claims: {
    sub: GITHUB_SUB,
    repository: REPOSITORY,
    repository_id: WHOLE,
    repository_owner: OWNER,
    repository_owner_id: OWNER,
    job_workflow_ref: REPOSITORY,
    workflow_ref: REPOSITORY,
    enterprise: OWNER,
    enterprise_id: OWNER,
  },
  stranger: 'repo:example-stranger/example:ref:refs/heads/main',
  runs: {
    project: /^repo:[^/:]+\/[^:]+/,
    branch: ':ref:refs/heads/example-branch',
    tag: /:ref:refs\/tags\//,
    proposal: ':pull_request',
  },
}
