/**
 * Identity providers whose tokens anybody can get, and the condition IAM wants before it takes a policy that trusts one. Whom such a
 * condition lets in is not judged here.
 * Source: IAM User Guide, id_roles_providers_oidc_secure-by-default. Turbonomic has no fixed issuer and is not checked.
 */

import { actionMatches } from './action.ts'
import { type Report, report } from './fault.ts'
import type { Condition, Statement } from './policy.ts'

const COGNITO = 'cognito-identity.amazonaws.com'

/** By claim. GitHub's enterprises have issuers of their own, with a path behind: whether IAM checks them is not known. */
const CLAIMS: ReadonlyMap<string, 'sub' | 'aud'> = new Map([
  ['token.actions.githubusercontent.com', 'sub'],
  ['vstoken.actions.githubusercontent.com', 'sub'],
  ['oidc-configuration.audit-log.githubusercontent.com', 'sub'],
  ['gitlab.com', 'sub'],
  ['agent.buildkite.com', 'sub'],
  ['app.terraform.io', 'sub'],
  ['oidc.codefresh.io', 'sub'],
  ['studio.datachain.ai/api', 'sub'],
  ['scalr.io', 'sub'],
  ['tokens.cloud.shisho.dev', 'sub'],
  ['proidc.upbound.io', 'sub'],
  [COGNITO, 'aud'],
  ['api.pulumi.com/oidc', 'aud'],
  ['sandboxes.cloud', 'aud'],
  ['oidc.vercel.com', 'aud'],
])

/** Microsoft Sentinel's issuer says nothing of its customers: their workspace stands in the session's name. */
const SENTINEL = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d'

type Judged = Pick<Statement, 'principal' | 'action' | 'conditions' | 'path'> & { readonly offset: number }

/** @param statement an Allow */
export function reportOpenProviders(statement: Judged, to: Report): void {
  const { principal, conditions, path, offset } = statement
  const required = principal.values.flatMap(({ form }) => (form.kind === 'provider' ? requiredKeys(form.issuer) : []))
  for (const key of required.length > 1 ? new Set(required) : required) {
    if (key === `${COGNITO}:aud` && conditions.length === 0) report(to, 'missing-cognito-condition', { path, offset })
    else if (lacks(statement, key)) report(to, 'missing-provider-condition', { path, offset, what: key })
  }
}

/** The condition keys IAM asks for, as it writes them: one or none. */
function requiredKeys(issuer: string): readonly string[] {
  if (issuer === SENTINEL) return ['sts:RoleSessionName']
  const claim = CLAIMS.get(issuer)
  return claim === undefined ? [] : [`${issuer}:${claim}`]
}

/** Only for the call that takes tokens: whether tags alone may be allowed without is not documented. */
function lacks({ action, conditions }: Judged, key: string): boolean {
  return (
    actionMatches(action, 'sts:AssumeRoleWithWebIdentity') &&
    !conditions.some((condition) => condition.name === key.toLowerCase() && saysWhose(condition))
  )
}

/** Any positive operator on text, with at least one value that is more than wildcards. */
function saysWhose({ operator, values }: Condition): boolean {
  const { base } = operator
  return base?.family === 'string' && !base.negated && values.some((value) => /[^*?]/.test(value))
}
