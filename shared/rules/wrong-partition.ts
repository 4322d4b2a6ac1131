/** Does a principal belong to another partition than the role? Needs the role’s ARN. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { parseArn } from '../policy/arn.ts'
import type { PrincipalValue } from '../policy/policy.ts'
import { removePrincipals } from '../repair.ts'
import { type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'wrong-partition',
  code: 'SVC-03',
  title: 'This principal belongs to another partition',
  reason:
    'Partitions know nothing of one another: accounts of China or GovCloud cannot call elsewhere, and names ending in .com.cn exist in ' +
    'China alone. Whoever was meant does not get in.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services',
  check: ({ policy, about }) => {
    const partition = parseArn(about.roleArn ?? '')?.partition
    if (partition === undefined) return []
    return policy.statements.flatMap((statement) =>
      statement.principal.values
        .filter((principal) => isElsewhere(principal, partition))
        .map(({ value }) => {
          const says = (name: string) =>
            `${value} in ${name} is of another partition than this role, which is in ${partition}`
          return { ...statementDraft(policy, statement, { severity: 'medium', says }), principal: value }
        }),
    )
  },
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the principals of the other partition out'),
}

/** In China services have names of both kinds. */
function isElsewhere({ value, form }: PrincipalValue, partition: string): boolean {
  if (form.kind === 'service') return partition !== 'aws-cn' && form.name.endsWith('.amazonaws.com.cn')
  const written = parseArn(value)?.partition
  return written !== undefined && written !== partition
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
  fires(
    'medium',
    'A role of China in a role elsewhere',
    trust(allow({ Service: 'ec2.amazonaws.com' }), allow({ AWS: 'arn:aws-cn:iam::111122223333:role/web' })),
    {
      about: { account: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/web' },
      fixed: trust(allow({ Service: 'ec2.amazonaws.com' })),
    },
  ),
  silent('The role is in China', 'there the name is right', trust(allow({ Service: 'ec2.amazonaws.com.cn' })), {
    about: { account: '111122223333', roleArn: 'arn:aws-cn:iam::111122223333:role/web' },
  }),
])
