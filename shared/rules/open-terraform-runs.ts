/** Can any workspace of an organisation on Terraform Cloud get in, or a plan where an apply was meant? */

import { webIdentity } from '../example-trust.ts'
import { alsoWith, type Federated, federated, pins } from '../policy/federation.ts'
import { draftOf, type Example, type Json, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'open-terraform-runs',
  code: 'FED-15',
  title: 'Terraform Cloud gets in from any workspace, or already when it plans',
  reason:
    'Whoever may create a workspace in the organisation runs with this role. And a plan runs code of whoever ' +
    'proposed the change, before anybody has approved it: a role that may change things belongs to ' +
    'run_phase:apply alone.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
  check: (input) =>
    federated(input)
      .filter((one) => one.provider?.label === 'Terraform Cloud' && (isGroup(one) || admitsBothPhases(one)))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

function isGroup({ admission }: Federated): boolean {
  return admission.who.kind === 'provider-group'
}

const WORKSPACE = /^organization:[^:]+:project:[^:]+:workspace:[^:]+/

function admitsBothPhases(one: Federated): boolean {
  if (one.admission.who.kind !== 'provider-subject') return false
  const subjects = pins(one).filter(({ claim }) => claim === 'sub')
  const workspaces = subjects.flatMap(({ value }) => WORKSPACE.exec(value)?.[0] ?? [])
  return workspaces.some((workspace) =>
    ['plan', 'apply'].every((phase) => alsoWith(one, { sub: `${workspace}:run_phase:${phase}` })),
  )
}

function terraform(sub: string): Json {
  return webIdentity('app.terraform.io', {
    StringEquals: { 'app.terraform.io:aud': 'aws.workload.identity' },
    StringLike: { 'app.terraform.io:sub': sub },
  })
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'The phase, for a role that only reads: plans need one.'

const list = (): readonly Example[] => [
  {
    name: 'Any workspace of the organisation',
    policy: terraform('organization:acme:project:*:workspace:*:run_phase:*'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Any workspace of a project',
    policy: terraform('organization:acme:project:shop:workspace:*:run_phase:apply'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Whatever stands behind the workspace',
    policy: terraform('organization:acme:project:shop:workspace:prod:*'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Plans and applies of one workspace alike',
    policy: terraform('organization:acme:project:shop:workspace:prod:run_phase:*'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Only applies of one workspace',
    policy: terraform('organization:acme:project:shop:workspace:prod:run_phase:apply'),
    about: OWN,
    silent: true,
    because: 'nothing runs before it is approved',
  },
  {
    name: 'Only plans of one workspace',
    policy: terraform('organization:acme:project:shop:workspace:prod:run_phase:plan'),
    about: OWN,
    silent: true,
    because: 'the role is meant for plans',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
