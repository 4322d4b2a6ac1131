/** What is known to go wrong with identity providers and no rule says, with the reason. Printed on docs/rules.md; bundles drop it. */

export interface Uncovered {
  readonly code: string
  readonly what: string
  readonly why: string
}

/** @public */
export const uncovered: readonly Uncovered[] = [
  {
    code: 'FED-13',
    what: 'The issuers of GitHub for enterprises: with a path, with data residency, on a server of one’s own',
    why: 'No fault, so no rule: every rule knows them as GitHub’s, and that strangers have no token of them.',
  },
  {
    code: 'FED-18',
    what: 'The claim that a supplier’s provider has to be asked for is missing',
    why: 'Covered for the providers in shared/policy/providers.ts, by the rules for strangers and for whole organisations. For others no public list says which claim it is; a provider that is asked for nothing is reported all the same.',
  },
  {
    code: 'FED-25',
    what: 'The provider does not exist, or whoever trusts it set it up just before',
    why: 'That stands in IAM’s list of providers and its events, not in a trust policy, and Trustdrift asks for no permission to read providers.',
  },
  {
    code: 'FED-27',
    what: 'The provider was altered while the trust policy stayed the same',
    why: 'UpdateSAMLProvider and the calls on OpenID Connect providers write no trust policy, and they do not say which roles they reach.',
  },
]
