/** Does Cognito let in users of anybody’s identity pool, or guests of your own who never signed in? */

import { webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { draftOf, type Example, type Json, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'open-identity-pool',
  code: 'FED-20',
  title: 'Cognito lets in who has not signed in with you',
  reason:
    'Without aud every identity pool of every account in the world will do, so a stranger sets up his own. With' +
    ' aud but without amr, guests get in as soon as the pool allows them, and its id stands in every copy of ' +
    'your application.',
  reference: 'https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html',
  check: (input) =>
    federated(input)
      .filter(({ admission, issuer }) => issuer === 'cognito-identity.amazonaws.com' && OPEN.has(admission.who.kind))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

const OPEN: ReadonlySet<string> = new Set(['stranger-through-provider', 'provider-group'])

function cognito(condition: Json): Json {
  return webIdentity('cognito-identity.amazonaws.com', condition)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'For a role that is meant for guests: grant it only what everybody on the internet may do, and except it by' +
  ' configuration.'

const list = (): readonly Example[] => [
  {
    name: 'Signed in, at whatever pool',
    policy: cognito({ 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'The pool is named, being signed in is not',
    policy: cognito({
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0c0ffee0-1111-2222-3333-444455556666' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The role for guests',
    policy: cognito({
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0c0ffee0-1111-2222-3333-444455556666' },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'All of amr, which may be nothing at all',
    policy: cognito({
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0c0ffee0-1111-2222-3333-444455556666' },
      'ForAllValues:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The pool, and signed in',
    policy: cognito({
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0c0ffee0-1111-2222-3333-444455556666' },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
    }),
    about: OWN,
    silent: true,
    because: 'guests carry another amr',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
