/** Identity providers whose issuer names one organisation, so that a stranger has no token of it. Sources: as in providers.ts. */

import { GITHUB, type SharedProvider } from './provider-claims.ts'

/** Their issuers name an organisation, a workspace, a cluster. */
export const CLOSED: readonly (readonly [RegExp, Omit<SharedProvider, 'issuer' | 'closed'>])[] = [
  // With data residency, and GitHub Enterprise Server.
  [/^token\.actions\.[^./]+\.ghe\.com$|^[^/]+\/_services\/token$/, GITHUB],
  [
    /^oidc\.circleci\.com\/org\/[^/]+$/,
    {
      label: 'CircleCI',
      subjects: 'jobs',
      owned: 'project',
      claims: {
        sub: { subject: /^org\/[^*?/]+\/project\/[^*?/]+(?:\/|$)/, group: /^/ },
        'oidc.circleci.com/project-id': { subject: /^[^*?]+$/, group: /^/ },
      },
      stranger: 'org/example/project/example-stranger/user/example',
    },
  ],
  [
    /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
    {
      label: 'Bitbucket',
      subjects: 'pipelines',
      owned: 'repository',
      // {repository}:{environment}:{step}
      claims: { sub: { subject: /^\{[^*?{}]+\}/, group: /^/ } },
      stranger: '{00000000-0000-0000-0000-000000000000}:{00000000-0000-0000-0000-000000000000}',
    },
  ],
  [/^oidc[.-]eks\.[^./]+\.(?:amazonaws\.com(?:\.cn)?|api\.aws)\/id\/[^/]+$/, cluster('EKS')],
  // Google Kubernetes Engine: Workload identity federation. Azure Kubernetes Service: Use the OIDC issuer.
  [/^container\.googleapis\.com\/v1\/projects\/[^/]+\/locations\/[^/]+\/clusters\/[^/]+$/, cluster('GKE')],
  [/^(?:[^./]+\.)?(?:oic|oidc)\.prod-aks\.azure\.com\/.+$/, cluster('AKS')],
]

/** Kubernetes says the same wherever it runs. */
function cluster(label: string): Omit<SharedProvider, 'issuer' | 'closed'> {
  return {
    label,
    subjects: 'service accounts',
    owned: null,
    claims: { sub: { subject: /^system:serviceaccount:[^*?:]+:[^*?:]+$/, group: /^/ } },
    stranger: 'system:serviceaccount:example:example',
  }
}
