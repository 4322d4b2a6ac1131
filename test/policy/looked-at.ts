/** The principals of a statement, one by one, as the comparison looks at them: all but a few are looked at as everyone. */

import type { PrincipalValue, Statement } from '../../shared/policy/policy.ts'

export function lookedAt({ principal }: Statement): readonly PrincipalValue[] {
  if (principal.kind === 'Principal') return principal.values
  return [{ key: 'NotPrincipal', value: 'NotPrincipal', form: { kind: 'everyone' }, path: '' }]
}
