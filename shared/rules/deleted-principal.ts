/** Is a principal left whose role or user was deleted? Reads the principals the document names; what conditions name is another question. */

import type { Effect, Statement, TrustPolicy } from '../policy/policy.ts'
import { removePrincipals } from '../repair.ts'
import { type Draft, type Example, type Rule, statementName } from './rule.ts'

export const rule: Rule = {
  id: 'deleted-principal',
  code: 'PRI-01',
  title: 'A deleted role or user is still named',
  reason:
    'IAM stores the unique id of a role or user and shows it only once the entity is gone. Nobody with that id ever comes back: a ' +
    'role made again under the old name has another id, so what relied on this entry is broken, and the policy hides it.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles',
  check: ({ policy }) => policy.statements.flatMap((statement) => deletedIn(policy, statement)),
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the deleted principals out'),
}

function deletedIn(policy: TrustPolicy, { effect, index, principal }: Statement): readonly Draft[] {
  return principal.values
    .filter(({ form }) => form.kind === 'unique-id')
    .map(({ value }) => ({
      severity: 'medium',
      says: saying(value, effect, statementName(policy, index)),
      statement: index,
      principal: value,
      fingerprint: effect,
    }))
}

function saying(id: string, effect: Effect, statement: string): string {
  // AIDA stands for users, AROA for roles: IAM User Guide, "IAM identifiers", unique ID prefixes.
  const what = id.startsWith('AIDA') ? 'user' : 'role'
  const subject = `${statement.charAt(0).toUpperCase()}${statement.slice(1)}`
  if (effect === 'Allow')
    return `${subject} still names a deleted ${what} (${id}). Nobody can use this entry, not even a new ${what} of the same name`
  return `${subject} still keeps out a deleted ${what} (${id}). A new ${what} of the same name is not kept out`
}

const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Never: an entry that admits nobody has no use. An entity that was made again has to be entered again.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'A role was deleted, and a service still gets in',
    policy: {
      Version: '2012-10-17',
      Statement: [EC2, { Effect: 'Allow', Principal: { AWS: 'AROAEXAMPLE1234567890' }, Action: 'sts:AssumeRole' }],
    },
    about: { account: '111122223333' },
    fires: 'medium',
    fixed: { Version: '2012-10-17', Statement: [EC2] },
  },
  {
    name: 'A user was deleted, in one list with a user who was not',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: ['AIDAEXAMPLE1234567890', 'arn:aws:iam::111122223333:user/alice'] },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    about: { account: '111122223333' },
    fires: 'medium',
    fixed: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' }, Action: 'sts:AssumeRole' },
      ],
    },
  },
  {
    name: 'The deleted role was the only one who could get in',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: 'AROAEXAMPLE1234567890' }, Action: 'sts:AssumeRole' }],
    },
    about: { account: '111122223333' },
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'A Deny names a role that was deleted',
    policy: {
      Version: '2012-10-17',
      Statement: [EC2, { Effect: 'Deny', Principal: { AWS: 'AROAEXAMPLE1234567890' }, Action: 'sts:AssumeRole' }],
    },
    about: { account: '111122223333' },
    fires: 'medium',
    fixed: { Version: '2012-10-17', Statement: [EC2] },
  },
  {
    name: 'A role whose name looks like an id',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/AROAEXAMPLE1234567890' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    about: { account: '111122223333' },
    silent: true,
    because: 'a whole ARN is written only where the entity exists',
  },
  {
    name: 'A condition pins the unique id of a role',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'sts:AssumeRole',
          Condition: { StringLike: { 'aws:userid': 'AROAEXAMPLE1234567890:*' } },
        },
      ],
    },
    about: { account: '111122223333' },
    silent: true,
    because: 'in a condition ids are written by hand, and the role is alive as far as anybody knows',
  },
]
