/** Did the root user let somebody in? Asks about the change; a policy without its history has no answer. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'changed-by-root',
  code: 'EVT-03',
  needs: 'change',
  title: 'The root user changed who gets in',
  reason:
    'Nothing limits the root user, and daily work needs none of it. Whoever uses it to open a role either has no other way in, or found the password.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
  check: ({ drift }) => {
    if (drift?.actor?.type !== 'Root' || drift.gained.length === 0) return []
    const says = `The root user of the account made the change that lets in more (${drift.actor.arn ?? 'its ARN is not known'})`
    return [{ severity: 'high', says, statement: null, principal: null, fingerprint: '' }]
  },
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'While an account is set up, before anybody else can sign in.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('high', 'Root opens a role', trust(allow({ AWS: '444455556666' })), {
    change: { actor: 'arn:aws:iam::111122223333:root', before: trust(allow({ Service: 'ec2.amazonaws.com' })) },
  }),
  silent('A user opens a role', 'who it is can be asked', trust(allow({ AWS: '444455556666' })), {
    change: { actor: 'arn:aws:iam::111122223333:user/alice', before: trust(allow({ Service: 'ec2.amazonaws.com' })) },
  }),
  silent('Root closes a role', 'nobody gains', trust(allow({ Service: 'ec2.amazonaws.com' })), {
    change: {
      actor: 'arn:aws:iam::111122223333:root',
      before: trust(allow({ Service: 'ec2.amazonaws.com' }), allow({ AWS: '444455556666' })),
    },
  }),
])
