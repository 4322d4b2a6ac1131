/** Which type of principal a name is, as far as it shows. Knows no policy. */

import { parseArn } from './arn.ts'
import { BUILT_IN } from './providers.ts'
import type { PrincipalType } from './request.ts'

/** An ARN says it itself, whatever the name in it looks like. */
export function typeOf(text: string): PrincipalType {
  const arn = parseArn(text)
  if (arn !== null) return /^(?:saml|oidc)-provider\//.test(arn.resource) ? 'Federated' : 'AWS'
  if (BUILT_IN.has(text) || COGNITO.test(text)) return 'Federated'
  if (SERVICE.test(text)) return 'Service'
  if (CANONICAL_USER.test(text)) return 'CanonicalUser'
  return DOMAIN.test(text) ? 'Federated' : 'AWS'
}

/** Identity pools of GovCloud and China have names of their own. */
const COGNITO = /^cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?$/i
/** Each partition has its own suffix; those of AWS's own have another. */
const SERVICE =
  /\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/i
const CANONICAL_USER = /^[\da-f]{64}$/i
/** As IAM takes a provider without an ARN. A file is none: somebody named the policy first. */
const DOMAIN = /^(?!.*\.json$)[a-z\d-]+(?:\.[a-z\d-]+)+(?:\/[\w./-]*)?$/i
