/** The audience that AWS itself asks of a provider's tokens: every user of the provider has one, so that asking for it restrains nobody. */

import type { Condition } from './policy.ts'

/** IAM User Guide, id_roles_providers_create_oidc. What a SAML provider is asked for is left alone: its roles are meant for all its users. */
export function isUsualAudience({ name, operator, values }: Condition): boolean {
  const isAsked = operator.base?.family === 'string' && !operator.base.negated
  return isAsked && name.endsWith(':aud') && values.every((value) => value === 'sts.amazonaws.com')
}
