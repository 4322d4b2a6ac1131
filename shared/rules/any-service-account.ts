/** Can any pod of a cluster get in, or any of a namespace? */

import { webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'any-service-account',
  code: 'FED-21',
  title: 'Any service account of a cluster, or of a namespace, can assume this role',
  reason:
    'Every pod has a token of the cluster’s issuer. Unless the subject names one service account, whoever may ' +
    'start a pod, or takes over the least guarded one, has this role.',
  reference: 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
  check: (input) =>
    federated(input)
      .filter(
        ({ admission, provider }) =>
          provider?.subjects === 'service accounts' && admission.who.kind === 'provider-group',
      )
      .map(({ admission }) => draftOf(admission, input.policy)),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For a namespace that runs one workload, whose service accounts change their names.'

const list = (): readonly Example[] => [
  {
    name: 'Only the audience, which all pods have',
    policy: webIdentity('oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6', {
      StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:aud': 'sts.amazonaws.com' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Any service account of a namespace',
    policy: webIdentity('oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6', {
      StringLike: { 'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:sub': 'system:serviceaccount:shop:*' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Any service account that is called so, in any namespace',
    policy: webIdentity('oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6', {
      StringLike: { 'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:sub': 'system:serviceaccount:*:deploy' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'One service account',
    policy: webIdentity('oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6', {
      StringEquals: {
        'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:sub': 'system:serviceaccount:shop:api',
        'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:aud': 'sts.amazonaws.com',
      },
    }),
    about: OWN,
    silent: true,
    because: 'no other pod has that subject',
  },
  {
    name: 'A pattern under an operator that takes it literally',
    policy: webIdentity('oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6', {
      StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:sub': 'system:serviceaccount:shop:*' },
    }),
    about: OWN,
    silent: true,
    because: 'no service account is called a star; pattern-never-matches speaks instead',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
