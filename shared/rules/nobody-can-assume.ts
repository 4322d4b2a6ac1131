/** Is everybody locked out? Refuses to answer where anything was left undecided: unknown is not nobody. */

import { admissions } from '../policy/compare.ts'
import type { RoleContext } from '../policy/context.ts'
import type { Statement, TrustPolicy } from '../policy/policy.ts'
import { type Example, type Rule, statementName } from './rule.ts'

export const rule: Rule = {
  id: 'nobody-can-assume',
  code: 'STR-08',
  title: 'Nobody can assume this role',
  reason:
    'Whatever runs with this role fails as soon as its present session ends, within an hour as a rule, and often far from where the ' +
    'policy was changed. A statement that can never match looks like access and is none.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html',
  yieldsTo: ['service-key-never-sent'],
  check: ({ policy, admissions: admitted, undecided, about }) => {
    const somebody = admitted.some(({ who }) => who.kind !== 'nobody')
    if (somebody || undecided.length > 0 || !isUnderstood(policy) || isShutByTime(policy, about)) return []
    return [{ severity: 'high', says: saying(policy, about), statement: null, principal: null, fingerprint: '' }]
  },
}

/** A grant that has run out as it was meant to is no lock-out: time-is-over speaks of it. */
function isShutByTime(policy: TrustPolicy, { now, ...about }: RoleContext): boolean {
  return now !== undefined && admissions(policy, about).length > 0
}

/** A document without statements is one IAM refuses to store: the parser's to say. */
function isUnderstood({ readable, statements, notUnderstood }: TrustPolicy): boolean {
  return readable && statements.length > 0 && notUnderstood.length === 0 && statements.every(isClear)
}

function isClear({ notUnderstood, principal, conditions }: Statement): boolean {
  return (
    notUnderstood.length === 0 &&
    principal.values.every(({ form }) => form.kind !== 'not-understood') &&
    conditions.every(({ operator }) => operator.base !== null)
  )
}

function saying(policy: TrustPolicy, about: RoleContext): string {
  const allows = policy.statements.filter(({ effect }) => effect === 'Allow')
  if (allows.length === 0) return 'No statement allows anything, so nobody gets in'
  const admitting = new Set(admissions({ ...policy, statements: allows }, about).map(({ statement }) => statement))
  const named = (statements: readonly Statement[]) => {
    const names = statements.map(({ index }) => statementName(policy, index))
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  }
  const [denied, others] = [true, false].map((is) => allows.filter(({ index }) => admitting.has(index) === is))
  const empty = others?.filter(isEmpty) ?? []
  const unmet = others?.filter((statement) => !isEmpty(statement)) ?? []
  const reasons = [
    [denied ?? [], (names: string) => `a Deny takes back what ${names} ${denied?.length === 1 ? 'gives' : 'give'}`],
    [empty, (names: string) => `${names} ${empty.length === 1 ? 'names' : 'name'} no principal that exists`],
    [unmet, (names: string) => `no caller can meet ${names}`],
  ] as const
  const told = reasons.flatMap(([statements, words]) => (statements.length === 0 ? [] : [words(named(statements))]))
  return `Nobody gets in: ${told.join('; ')}`
}

/** What IAM leaves of a deleted role or user is nobody. */
function isEmpty({ principal }: Statement): boolean {
  return principal.kind === 'Principal' && principal.values.every(({ form }) => form.kind === 'unique-id')
}

const OWN = { account: '111122223333' }
const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'On a role that was closed on purpose and is kept for its history, as after an incident.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'A Deny takes back everything the Allow gave',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'There is nothing but a Deny',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The only one who could get in was deleted',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: 'AROAEXAMPLE1234567890' }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The condition asks for two accounts at once',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } },
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The action does not go with the principal',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/staff' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A service can get in',
    policy: { Version: '2012-10-17', Statement: [EC2] },
    about: OWN,
    silent: true,
    because: 'a service is somebody',
  },
  {
    name: 'A Deny keeps out all but one role',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'the Deny leaves one caller over',
  },
  {
    name: 'A Deny asks for a key the caller may leave out',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'blocked' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'a caller who does not send that ExternalId is not denied',
  },
  {
    name: 'The condition has an operator nobody knows',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'sts:AssumeRole',
          Condition: { StringResembles: { 'aws:PrincipalAccount': '111122223333' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'what is not understood may admit somebody: unknown is not nobody',
  },
  {
    name: 'A statement without an Effect',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    silent: true,
    because: 'nobody can say what the statement was meant to do; the problem is reported instead',
  },
]
