/** Did somebody let others in who signed in to the console with a password alone? Asks about the change; a policy without its history has no answer. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'changed-without-mfa',
  code: 'EVT-12',
  needs: 'change',
  title: 'A user signed in without MFA changed who gets in',
  reason:
    'A password alone was enough to open the role. Passwords are reused, guessed and phished; whoever has this one can do the same again.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html',
  check: ({ drift }) => {
    const actor = drift?.actor ?? null
    // Of roles and of Identity Center the session says false whatever the people did; programs with keys say nothing at all.
    if (actor?.type !== 'IAMUser' || actor.mfa !== false || actor.via !== CONSOLE) return []
    if (drift === null || drift.gained.length === 0) return []
    const says = `User ${actor.name}, signed in to the console without MFA, made the change that lets in more`
    return [{ severity: 'high', says, statement: null, principal: null, fingerprint: '' }]
  },
}

/** As `tool.ts` calls it. */
const CONSOLE = 'AWS console'

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where another proof stands in front of the console, such as a sign-in from one network only. Better: require MFA of users.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('high', 'A user opens a role with a password alone', trust(allow({ AWS: '444455556666' })), {
    change: {
      actor: 'arn:aws:iam::111122223333:user/alice',
      console: { mfa: false },
      before: trust(allow({ Service: 'ec2.amazonaws.com' })),
    },
  }),
  silent('The same user, with MFA', 'the password alone did not do', trust(allow({ AWS: '444455556666' })), {
    change: {
      actor: 'arn:aws:iam::111122223333:user/alice',
      console: { mfa: true },
      before: trust(allow({ Service: 'ec2.amazonaws.com' })),
    },
  }),
  silent('The same user, with keys', 'no password was used', trust(allow({ AWS: '444455556666' })), {
    change: { actor: 'arn:aws:iam::111122223333:user/alice', before: trust(allow({ Service: 'ec2.amazonaws.com' })) },
  }),
])
