/** Does a service’s name belong to another partition than the role? Needs the role’s ARN. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { parseArn } from '../policy/arn.ts'
import { removePrincipals } from '../repair.ts'
import { type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'wrong-partition',
  code: 'SVC-03',
  title: 'This service’s name belongs to another partition',
  reason:
    'Names ending in .com.cn exist in China alone. Elsewhere nobody calls under that name, so the service that was meant does not get in.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services',
  check: ({ policy, about }) => {
    const partition = parseArn(about.roleArn ?? '')?.partition
    if (partition === undefined || partition === 'aws-cn') return []
    return policy.statements.flatMap((statement) =>
      statement.principal.values
        .filter(({ form }) => form.kind === 'service' && form.name.endsWith('.amazonaws.com.cn'))
        .map(({ value }) => {
          const says = (name: string) => `${value} in ${name} is a name of China, and this role is in ${partition}`
          return { ...statementDraft(policy, statement, { severity: 'medium', says }), principal: value }
        }),
    )
  },
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the names of the other partition out'),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'In a template that serves several partitions on purpose: it is known there, and harmless.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('medium', 'A name of China in a role elsewhere', trust(allow({ Service: 'ec2.amazonaws.com.cn' })), {
    about: { account: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/web' },
  }),
  fires(
    'medium',
    'Both names, of which one works',
    trust(allow({ Service: ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] })),
    {
      about: { account: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/web' },
      fixed: trust(allow({ Service: 'ec2.amazonaws.com' })),
    },
  ),
  silent('The role is in China', 'there the name is right', trust(allow({ Service: 'ec2.amazonaws.com.cn' })), {
    about: { account: '111122223333', roleArn: 'arn:aws-cn:iam::111122223333:role/web' },
  }),
])
