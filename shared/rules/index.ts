/** Every rule there is, nothing else. A rule that is missing here is named by a test. */

import { rule as abusableFirstClaim } from './abusable-first-claim.ts'
import { rule as anyBranch } from './any-branch.ts'
import { rule as anyServiceAccount } from './any-service-account.ts'
import { rule as anySubject } from './any-subject.ts'
import { rule as deletedPrincipal } from './deleted-principal.ts'
import { rule as foreignAccount } from './foreign-account.ts'
import { rule as loginWithoutApp } from './login-without-app.ts'
import { rule as movableRef } from './movable-ref.ts'
import { rule as nobodyCanAssume } from './nobody-can-assume.ts'
import { rule as openAudience } from './open-audience.ts'
import { rule as openCiProjects } from './open-ci-projects.ts'
import { rule as openIdentityPool } from './open-identity-pool.ts'
import { rule as openOwner } from './open-owner.ts'
import { rule as openTerraformRuns } from './open-terraform-runs.ts'
import { rule as patternNeverMatches } from './pattern-never-matches.ts'
import { rule as providerOfAnotherAccount } from './provider-of-another-account.ts'
import { rule as providerWithoutCondition } from './provider-without-condition.ts'
import { rule as publicRole } from './public-role.ts'
import { rule as pullRequestsAdmitted } from './pull-requests-admitted.ts'
import { rule as reusableName } from './reusable-name.ts'
import type { Rule } from './rule.ts'
import { rule as samlWithoutAudience } from './saml-without-audience.ts'
import { rule as selfGrant } from './self-grant.ts'
import { rule as strangerThroughProvider } from './stranger-through-provider.ts'
import { rule as subjectNotDemanded } from './subject-not-demanded.ts'
import { rule as wholeGitlabGroup } from './whole-gitlab-group.ts'
import { rule as wholeOrganisation } from './whole-organisation.ts'

export const rules: readonly Rule[] = [
  publicRole,
  selfGrant,
  foreignAccount,
  nobodyCanAssume,
  deletedPrincipal,
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
