/** Every rule there is, nothing else. A rule that is missing here is named by a test. */

import { rule as accessRoleUntrusted } from './access-role-untrusted.ts'
import { rule as appRunnerRoleBlocked } from './app-runner-role-blocked.ts'
import { rule as appRunnerRoleShared } from './app-runner-role-shared.ts'
import { rule as appRunnerRolesSwapped } from './app-runner-roles-swapped.ts'
import { rule as deletedPrincipal } from './deleted-principal.ts'
import { rule as foreignAccount } from './foreign-account.ts'
import { rule as instanceRoleUntrusted } from './instance-role-untrusted.ts'
import { rule as nobodyCanAssume } from './nobody-can-assume.ts'
import { rule as publicRole } from './public-role.ts'
import type { Rule } from './rule.ts'
import { rule as selfGrant } from './self-grant.ts'

export const rules: readonly Rule[] = [
  publicRole,
  selfGrant,
  foreignAccount,
  nobodyCanAssume,
  deletedPrincipal,
  accessRoleUntrusted,
  instanceRoleUntrusted,
  appRunnerRolesSwapped,
  appRunnerRoleBlocked,
  appRunnerRoleShared,
]
