/** Every rule there is, nothing else. A rule that is missing here is named by a test. */

import { rule as abusableFirstClaim } from './abusable-first-claim.ts'
import { rule as accessRoleUntrusted } from './access-role-untrusted.ts'
import { rule as alwaysTrue } from './always-true.ts'
import { rule as anyBranch } from './any-branch.ts'
import { rule as anyServiceAccount } from './any-service-account.ts'
import { rule as anySubject } from './any-subject.ts'
import { rule as appRunnerRoleBlocked } from './app-runner-role-blocked.ts'
import { rule as appRunnerRoleShared } from './app-runner-role-shared.ts'
import { rule as appRunnerRolesSwapped } from './app-runner-roles-swapped.ts'
import { rule as callerKeyOnService } from './caller-key-on-service.ts'
import { rule as changedByRoot } from './changed-by-root.ts'
import { rule as changedWithoutMfa } from './changed-without-mfa.ts'
import { rule as confusedDeputy } from './confused-deputy.ts'
import { rule as deletedPrincipal } from './deleted-principal.ts'
import { rule as denyWithoutEffect } from './deny-without-effect.ts'
import { rule as environmentsCrossed } from './environments-crossed.ts'
import { rule as externalIdChanged } from './external-id-changed.ts'
import { rule as externalIdRemoved } from './external-id-removed.ts'
import { rule as forAllValuesGuard } from './for-all-values-guard.ts'
import { rule as foreignAccount } from './foreign-account.ts'
import { rule as foreignOrganization } from './foreign-organization.ts'
import { rule as foreignSource } from './foreign-source.ts'
import { rule as ifExistsGuard } from './if-exists-guard.ts'
import { rule as instanceRoleUntrusted } from './instance-role-untrusted.ts'
import { rule as loginWithoutApp } from './login-without-app.ts'
import { rule as mfaNotRequired } from './mfa-not-required.ts'
import { rule as mfaRemoved } from './mfa-removed.ts'
import { rule as misspeltService } from './misspelt-service.ts'
import { rule as mixedPrincipals } from './mixed-principals.ts'
import { rule as movableRef } from './movable-ref.ts'
import { rule as nearQuota } from './near-quota.ts'
import { rule as nobodyCanAssume } from './nobody-can-assume.ts'
import { rule as oldVersion } from './old-version.ts'
import { rule as openAudience } from './open-audience.ts'
import { rule as openCiProjects } from './open-ci-projects.ts'
import { rule as openIdentityPool } from './open-identity-pool.ts'
import { rule as openOwner } from './open-owner.ts'
import { rule as openTerraformRuns } from './open-terraform-runs.ts'
import { rule as operatorMismatch } from './operator-mismatch.ts'
import { rule as patternNeverMatches } from './pattern-never-matches.ts'
import { rule as providerOfAnotherAccount } from './provider-of-another-account.ts'
import { rule as providerWithoutCondition } from './provider-without-condition.ts'
import { rule as publicRole } from './public-role.ts'
import { rule as pullRequestsAdmitted } from './pull-requests-admitted.ts'
import { rule as redundantStatement } from './redundant-statement.ts'
import { rule as reusableName } from './reusable-name.ts'
import { rule as rolesAnywhereOpen } from './roles-anywhere-open.ts'
import type { Rule } from './rule.ts'
import { rule as samlWithoutAudience } from './saml-without-audience.ts'
import { rule as selfGrant } from './self-grant.ts'
import { rule as serviceKeyNeverSent } from './service-key-never-sent.ts'
import { rule as sessionPrincipal } from './session-principal.ts'
import { rule as sourceWithoutAccount } from './source-without-account.ts'
import { rule as ssoRolePinned } from './sso-role-pinned.ts'
import { rule as statementNeverMatches } from './statement-never-matches.ts'
import { rule as strangerThroughProvider } from './stranger-through-provider.ts'
import { rule as subjectNotDemanded } from './subject-not-demanded.ts'
import { rule as tagSessionUnlimited } from './tag-session-unlimited.ts'
import { rule as timeIsOver } from './time-is-over.ts'
import { rule as unknownKey } from './unknown-key.ts'
import { rule as userWithKeys } from './user-with-keys.ts'
import { rule as vendorWithoutExternalId } from './vendor-without-external-id.ts'
import { rule as weakExternalId } from './weak-external-id.ts'
import { rule as wholeAccount } from './whole-account.ts'
import { rule as wholeGitlabGroup } from './whole-gitlab-group.ts'
import { rule as wholeOrganisation } from './whole-organisation.ts'
import { rule as wholeOrganization } from './whole-organization.ts'
import { rule as wildcardAction } from './wildcard-action.ts'
import { rule as wrongPartition } from './wrong-partition.ts'

export const rules: readonly Rule[] = [
  publicRole,
  selfGrant,
  foreignOrganization,
  foreignAccount,
  externalIdRemoved,
  vendorWithoutExternalId,
  weakExternalId,
  externalIdChanged,
  environmentsCrossed,
  userWithKeys,
  wholeOrganization,
  wholeAccount,
  mfaRemoved,
  mfaNotRequired,
  forAllValuesGuard,
  ifExistsGuard,
  changedByRoot,
  changedWithoutMfa,
  nobodyCanAssume,
  serviceKeyNeverSent,
  confusedDeputy,
  foreignSource,
  sourceWithoutAccount,
  callerKeyOnService,
  rolesAnywhereOpen,
  mixedPrincipals,
  misspeltService,
  wrongPartition,
  unknownKey,
  operatorMismatch,
  statementNeverMatches,
  denyWithoutEffect,
  timeIsOver,
  tagSessionUnlimited,
  wildcardAction,
  deletedPrincipal,
  sessionPrincipal,
  ssoRolePinned,
  oldVersion,
  nearQuota,
  redundantStatement,
  alwaysTrue,
  accessRoleUntrusted,
  instanceRoleUntrusted,
  appRunnerRolesSwapped,
  appRunnerRoleBlocked,
  appRunnerRoleShared,
  strangerThroughProvider,
  anySubject,
  openOwner,
  abusableFirstClaim,
  subjectNotDemanded,
  loginWithoutApp,
  openIdentityPool,
  providerOfAnotherAccount,
  wholeOrganisation,
  wholeGitlabGroup,
  openTerraformRuns,
  openCiProjects,
  providerWithoutCondition,
  anyServiceAccount,
  samlWithoutAudience,
  pullRequestsAdmitted,
  anyBranch,
  openAudience,
  patternNeverMatches,
  movableRef,
  reusableName,
]
