/** What is known to look for in trust policies and is no rule of its own: what says it instead, or why nothing does. Printed on docs/rules.md only. */

interface Entry {
  /** Family and number, as rules have them. */
  readonly code: string
  readonly what: string
}

/** Said, but not by a rule of that name. */
export const saidElsewhere: readonly (Entry & { readonly by: string })[] = [
  { code: 'PUB-02', what: 'The star with a condition everybody meets', by: '`public-role`, which asks who gets in' },
  { code: 'PUB-03', what: 'The star limited by negated operators only', by: '`public-role`' },
  { code: 'PUB-06', what: 'The star limited by a public address range or an endpoint', by: '`public-role`, as high' },
  {
    code: 'PUB-07',
    what: 'The star pinned to one caller',
    by: 'the comparison: whoever is pinned is told, nobody else',
  },
  { code: 'PUB-08', what: 'The star behind nothing but an ExternalId', by: '`public-role`, as high' },
  { code: 'PUB-09', what: 'NotPrincipal with Allow', by: 'a problem: IAM refuses it in trust policies' },
  { code: 'PUB-11', what: 'A wildcard inside a principal', by: 'a problem: IAM refuses it' },
  { code: 'XAC-02', what: 'A foreign account without any condition', by: '`foreign-account`, as high' },
  {
    code: 'XAC-04',
    what: 'Another account without ExternalId and MFA',
    by: '`foreign-account` and `vendor-without-external-id`',
  },
  {
    code: 'XAC-08',
    what: 'An ExternalId asked of a service',
    by: '`service-key-never-sent`; asked of the own account it does work',
  },
  {
    code: 'XAC-11',
    what: 'An account trusted for other roles only',
    by: '`foreign-account`, by the `roles` of a trusted account',
  },
  {
    code: 'XAC-12',
    what: 'An account that left the organisation',
    by: '`foreign-account`, once the list of accounts says so',
  },
  { code: 'PRI-04', what: 'A bare account id', by: 'the comparison: it is the same as the root' },
  { code: 'PRI-05', what: 'A malformed principal', by: 'a problem: IAM refuses it' },
  {
    code: 'PRI-06',
    what: 'A group, an instance profile or an ARN of another partition',
    by: 'a problem: IAM refuses it; `wrong-partition` for ARNs, where the role’s own is known',
  },
  { code: 'PRI-08', what: 'An empty list of principals', by: 'a problem: IAM refuses it' },
  { code: 'SVC-01', what: 'A service’s name without its suffix', by: 'a problem: IAM refuses it' },
  {
    code: 'SVC-10',
    what: 'A compute service newly let in',
    by: 'the comparison, as medium; as info when the role is created',
  },
  {
    code: 'SVC-12',
    what: 'Roles Anywhere without the actions it needs',
    by: '`statement-never-matches`, or `nobody-can-assume` where nobody else gets in',
  },
  { code: 'SVC-13', what: 'A star for services', by: 'a problem: IAM refuses it' },
  { code: 'SVC-15', what: 'A service-linked role', by: 'the sweep, which keeps it in silence' },
  {
    code: 'CND-05',
    what: 'An empty list of values',
    by: 'the evaluator: no value ever fits, so `nobody-can-assume` or `statement-never-matches`',
  },
  { code: 'CND-13', what: 'The same key twice, in another case', by: 'a problem: IAM refuses it' },
  { code: 'CND-14', what: 'A policy variable that IAM does not replace', by: 'the evaluator, and `old-version`' },
  { code: 'CND-15', what: 'One loose value in a list', by: 'the evaluator: the loosest value decides who gets in' },
  { code: 'STR-01', what: 'Resource in a trust policy', by: 'a problem: IAM refuses it' },
  { code: 'STR-02', what: 'An action that trust policies do not know', by: 'a problem: IAM refuses it' },
  { code: 'STR-04', what: 'Broken JSON or an unknown element', by: 'a problem: IAM refuses it' },
  { code: 'STR-05', what: 'A Sid that is invalid or used twice', by: 'a problem: IAM refuses it' },
  { code: 'STR-07', what: 'A statement without Effect, Action or Principal', by: 'a problem: IAM refuses it' },
  { code: 'DRF-01', what: 'More callers than before', by: 'the comparison, with a caller as witness' },
  { code: 'DRF-02', what: 'Fewer callers than before', by: 'the comparison, with a caller as witness' },
  { code: 'DRF-03', what: 'A document only written another way', by: 'the comparison, which stays silent' },
  {
    code: 'DRF-06',
    what: 'An opening closed again after minutes',
    by: 'the pipeline: every event’s own document is judged, whatever is in force now',
  },
  {
    code: 'DRF-07',
    what: 'A protecting condition dropped',
    by: 'the comparison, `external-id-removed` and `mfa-removed`',
  },
  {
    code: 'EVT-06',
    what: 'A role created for a stranger',
    by: '`foreign-account`, `public-role` and the others, on the event of creation',
  },
  {
    code: 'FED-13',
    what: 'The issuers of GitHub for enterprises: with a path, with data residency, on a server of one’s own',
    by: 'every rule for GitHub, which knows them as GitHub’s, and that strangers have no token of them',
  },
  {
    code: 'FED-18',
    what: 'The claim that a supplier’s provider has to be asked for is missing',
    by: 'the rules for strangers and for whole organisations, for the providers of shared/policy/providers.ts; `provider-without-condition` for any other that is asked for nothing, since no public list says which claim it is',
  },
  {
    code: 'FED-22',
    what: 'An action that the principal never calls',
    by: '`statement-never-matches`, or `nobody-can-assume` where nobody else gets in',
  },
  { code: 'FED-23', what: 'A malformed federated principal', by: 'a problem: IAM refuses it' },
  { code: 'APR-04', what: 'The role of a service is gone', by: 'the failure’s alert, as service-role-missing' },
  {
    code: 'APR-06',
    what: 'A change of trust before a failure',
    by: 'the failure’s alert, as trust-change-before-failure, with who made it and when',
  },
  {
    code: 'APR-07',
    what: 'A failure that trust is not the cause of',
    by: 'the failure’s alert, as trust-intact, with what else to look at',
  },
  {
    code: 'APR-08',
    what: 'A call that App Runner refuses because it cannot assume the role',
    by: 'the refusal’s alert, as service-call-refused',
  },
  {
    code: 'APR-09',
    what: 'A deployment rolled back, after which the service runs as before',
    by: 'the failure’s alert, as service-rolled-back',
  },
]

/** Said by nothing yet. */
export const notCovered: readonly (Entry & { readonly why: string })[] = [
  {
    code: 'XAC-09',
    what: 'A supplier that no longer exists',
    why: 'no list of suppliers is kept: the configuration names those that count',
  },
  {
    code: 'XAC-10',
    what: 'An account of AWS itself as principal',
    why: 'such lists also hold accounts of attack simulations; name what you know under `vendors`',
  },
  {
    code: 'XAC-15',
    what: 'A stranger in a role with wide permissions',
    why: 'the monitor reads who gets in, not what the role may do',
  },
  { code: 'XAC-16', what: 'A stranger in a role that reads everything', why: 'as above' },
  {
    code: 'PRI-02',
    what: 'A condition that pins a name nobody has any more',
    why: 'whether a named role exists is not read',
  },
  {
    code: 'PRI-07',
    what: 'A role that assumes itself without being named',
    why: 'that it does so is only seen in its calls',
  },
  {
    code: 'SVC-14',
    what: 'A CodeBuild project that builds a stranger’s repository',
    why: 'the repository is in the project, not in the trust policy',
  },
  {
    code: 'CND-11',
    what: 'A session name or source identity that should be asked for',
    why: 'whether it should is a rule of your house, which the configuration cannot say',
  },
  {
    code: 'DRF-04',
    what: 'A change by hand to a role that a template manages',
    why: 'what a template manages is not read',
  },
  {
    code: 'DRF-05',
    what: 'Two writers that undo each other',
    why: 'each change is judged by itself; the memory holds what is needed',
  },
  {
    code: 'DRF-08',
    what: 'A role made anew under an old name, with another trust',
    why: 'a created role is compared with nobody',
  },
  { code: 'DRF-09', what: 'A difference from an accepted baseline', why: 'there is no baseline to accept yet' },
  {
    code: 'DRF-10',
    what: 'A longer session together with a wider trust',
    why: 'the length of sessions is not in the trust policy',
  },
  {
    code: 'EVT-01',
    what: 'Somebody who never changed this role before',
    why: 'one event does not tell; the memory holds what is needed',
  },
  { code: 'EVT-02', what: 'A burst of refused changes', why: 'refusals are told one by one, as low' },
  { code: 'EVT-04', what: 'A role opened and then used by the newcomer', why: 'calls of AssumeRole are not read' },
  { code: 'EVT-05', what: 'A trust opened together with wider permissions', why: 'permissions are not read' },
  {
    code: 'EVT-07',
    what: 'Callers refused after a change',
    why: 'calls of AssumeRole are not read; the comparison names who lost',
  },
  { code: 'EVT-08', what: 'The monitor itself tampered with', why: 'alarms on the stack’s own parts tell part of it' },
  { code: 'EVT-09', what: 'A trust anchor with a foreign authority', why: 'events of Roles Anywhere are not read' },
  { code: 'EVT-10', what: 'An identity provider created', why: 'events of providers are not read' },
  {
    code: 'EVT-11',
    what: 'A user agent or address unusual for this role',
    why: 'one event does not tell; the alert shows both',
  },
  {
    code: 'FED-25',
    what: 'The provider does not exist, or whoever trusts it set it up just before',
    why: 'that stands in IAM’s list of providers and its events, not in a trust policy, and Trustdrift asks for no permission to read providers',
  },
  {
    code: 'FED-27',
    what: 'The provider was altered while the trust policy stayed the same',
    why: 'UpdateSAMLProvider and the calls on OpenID Connect providers write no trust policy, and they do not say which roles they reach',
  },
]
