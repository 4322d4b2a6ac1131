/** Does an account of another environment get in? Which account belongs where is the configuration’s to say. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import type { RoleContext } from '../policy/context.ts'
import { ownAccount } from '../policy/exposure.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'environments-crossed',
  code: 'XAC-13',
  title: 'Another environment can assume this role',
  reason: 'You keep environments apart so that what goes wrong in one stays there. Through this role it does not.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html',
  yieldsTo: ['self-grant'],
  check: (input) =>
    remarks(input, input.admissions, ({ who }) => {
      const { about } = input
      const [mine, theirs] = [ownAccount(about), who.account].map((id) => environmentsOf(id, about))
      if (!mine?.length || !theirs?.length || theirs.some((one) => mine.includes(one))) return null
      return `from ${theirs.join(', ')} into ${mine.join(', ')}`
    }),
}

function environmentsOf(account: string | null, { environments = {} }: RoleContext): readonly string[] {
  return Object.keys(environments).filter((name) => account !== null && environments[name]?.includes(account))
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For deployment: except the role that the pipeline uses, with the reason.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'From development into production', trust(allow({ AWS: '444455556666' })), {
    about: {
      account: '111122223333',
      environments: { prod: ['111122223333'], dev: ['444455556666'] },
      organization: { id: 'o-a1b2c3d4e5', accounts: ['444455556666'] },
    },
  }),
  silent('Within production', 'both accounts belong to one environment', trust(allow({ AWS: '444455556666' })), {
    about: {
      account: '111122223333',
      environments: { prod: ['111122223333', '444455556666'] },
      organization: { id: 'o-a1b2c3d4e5', accounts: ['444455556666'] },
    },
  }),
])
