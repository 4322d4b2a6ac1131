/** One rule of the grammar: what IAM takes, what it refuses and where, and who says so. */

export interface GrammarRule {
  readonly rule: string
  readonly source: string
  readonly good: readonly string[]
  /** The document, the only fault in it, and its place. */
  readonly bad: readonly (readonly [document: string, code: string, path: string])[]
}

const guide = (page: string) => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`

export const GRAMMAR = guide('reference_policies_grammar')
export const QUOTAS = guide('reference_iam-quotas')
export const PRINCIPALS = guide('reference_policies_elements_principal')
export const OPERATORS = guide('reference_policies_elements_condition_operators')
export const VARIABLES = guide('reference_policies_variables')
export const CHECKS = guide('access-analyzer-reference-policy-checks')
export const SHARED_ISSUERS = guide('id_roles_providers_oidc_secure-by-default')
export const CREATE_ROLE = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html'
/** Answers of IAM itself, September 2026, kept in github.com/badmintoncryer/cdk-preflight. */
export const answered = (rule: string) => `cdk-preflight rules/iam/${rule}/meta.yaml`
