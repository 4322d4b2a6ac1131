/** Did whoever changed the role get in by it? Asks about the change; a policy without its history has no answer. */

import { digest } from '../finding.ts'
import { callOf } from '../policy/call.ts'
import type { Admission } from '../policy/comparison.ts'
import type { RoleContext } from '../policy/context.ts'
import { decide } from '../policy/evaluate.ts'
import type { TrustPolicy } from '../policy/policy.ts'
import { removePrincipals } from '../repair.ts'
import { mostSevere } from '../severity.ts'
import { type Drift, draftOf, type Example, type Rule, type RuleInput } from './rule.ts'

export const rule: Rule = {
  id: 'self-grant',
  code: 'XAC-18',
  needs: 'change',
  title: 'Whoever changed this role let themselves in',
  reason:
    'Somebody who may edit trust policies can so take on any role, and with it permissions nobody gave them. ' +
    'Intruders move on and stay in this way; an honest change mostly lets in somebody else, or a whole account.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session',
  check: (input) =>
    grants(input).map((admission) => {
      const draft = draftOf(admission, input.policy)
      // The severity table names this case: high, whatever a principal of the own account would count otherwise.
      return {
        ...draft,
        severity: mostSevere(['high', draft.severity]),
        says: `${draft.says}, ${addedBy(input.drift)}`,
      }
    }),
  fix: ({ policy, about }, drafts) =>
    drafts.some(({ principal }) => isShared(principal, about))
      ? null
      : removePrincipals(policy, drafts, 'Take out whoever made the change'),
}

function grants(input: RuleInput): readonly Admission[] {
  const { drift } = input
  // A role that did not exist before was nobody's: its creator takes nothing over.
  if (drift === null || drift.write !== 'updated') return []
  const self = identityOf(drift.actor?.arn ?? null)
  if (self === null) return []
  // Who may pass more with a role he could assume all along has let nobody in.
  return drift.gained.filter((one) => one.accompanying !== true && (adds(one, self) || pins(one, self, input)))
}

function addedBy(drift: Drift | null): string {
  return `added by ${drift?.actor?.arn ?? 'nobody knows whom'}`
}

/** A user, a role whatever the session, or a federated session. The name is null for the root user: an account, not a person. */
interface Identity {
  readonly arn: string
  readonly account: string
  readonly name: string | null
}

function adds({ who, principal, witness }: Admission, self: Identity): boolean {
  if (who.kind === 'foreign-account' && who.account === self.account) return true
  // The witness counts too: a condition can name a caller where the principal names a whole account.
  return self.name !== null && [principal, witness.principal.id].some((id) => isSame(identityOf(id), self))
}

/** Of several whom a condition names, the witness may be another: the actor is asked for, and somebody of the same account nobody has heard of. */
function pins({ who, witness }: Admission, self: Identity, { policy, drift }: RuleInput): boolean {
  const before = drift?.before
  if (before === undefined || who.account !== self.account || self.name === null) return false
  const isLetIn = (by: TrustPolicy, id: string) =>
    decide(by, callOf({ ...witness, principal: { type: 'AWS', id } })) === 'allow'
  const [, partition] = self.arn.split(':')
  const stranger = `arn:${partition}:iam::${self.account}:role/${digest('stranger', self.arn)}`
  return isLetIn(policy, self.arn) && !isLetIn(before, self.arn) && !isLetIn(policy, stranger)
}

/** A principal that a condition narrows to the actor may let others in too: it is not the rule's to take away. */
function isShared(principal: string | null, about: RoleContext): boolean {
  const identity = identityOf(principal)
  return principal === '*' || (!identity?.name && (identity?.account ?? principal) === about.account)
}

function isSame(one: Identity | null, other: Identity): boolean {
  return one !== null && one.account === other.account && one.name === other.name
}

const ARN = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/s

/** A role and its sessions are one identity: who may use the role chooses the session's name. A role's path is no part of it: session ARNs have none. */
function identityOf(arn: string | null): Identity | null {
  const [whole, account, kind, rest = ''] = ARN.exec(arn ?? '') ?? []
  if (whole === undefined || account === undefined) return null
  const segments = rest.split('/')
  if (kind === 'assumed-role') return { arn: whole, account, name: `role/${segments[0]}` }
  return { arn: whole, account, name: kind === 'root' ? null : `${kind}/${segments.at(-1)}` }
}

const OWN = { account: '111122223333' }
const ALICE = 'arn:aws:iam::111122223333:user/people/alice'
const DEPLOY = 'arn:aws:sts::111122223333:assumed-role/deploy/run-4711'
const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }
const BEFORE = { Version: '2012-10-17', Statement: [EC2] }
const ALICE_IN = { Sid: 'Debug', Effect: 'Allow', Principal: { AWS: ALICE }, Action: 'sts:AssumeRole' }
const ACCOUNT = { AWS: 'arn:aws:iam::111122223333:root' }
const PIN_DEPLOY = {
  Effect: 'Allow',
  Principal: ACCOUNT,
  Action: 'sts:AssumeRole',
  Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } },
}
const PIN_AUDIT_AND_DEPLOY = {
  Effect: 'Allow',
  Principal: ACCOUNT,
  Action: 'sts:AssumeRole',
  Condition: {
    ArnEquals: {
      'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/audit', 'arn:aws:iam::111122223333:role/deploy'],
    },
  },
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where people of a break-glass team add and remove themselves by agreement: there the alert is the record of it.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'A user adds herself',
    policy: { Version: '2012-10-17', Statement: [EC2, ALICE_IN] },
    about: OWN,
    change: { actor: ALICE, before: BEFORE },
    fires: 'high',
    fixed: BEFORE,
  },
  {
    name: 'A session adds the role it runs with, whose path its own ARN does not show',
    policy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/ci/deploy', Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    about: OWN,
    change: { actor: DEPLOY, before: BEFORE },
    fires: 'high',
    fixed: BEFORE,
  },
  {
    name: 'A session adds another session of its role, whose name it may choose next time',
    policy: {
      Version: '2012-10-17',
      Statement: [
        EC2,
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/deploy/night' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    about: OWN,
    change: { actor: DEPLOY, before: BEFORE },
    fires: 'high',
    fixed: BEFORE,
  },
  {
    name: 'The principal is the whole account, but a condition names the actor',
    policy: { Version: '2012-10-17', Statement: [EC2, PIN_DEPLOY] },
    about: OWN,
    change: { actor: DEPLOY, before: BEFORE },
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A condition names the actor behind somebody else',
    policy: { Version: '2012-10-17', Statement: [EC2, PIN_AUDIT_AND_DEPLOY] },
    about: OWN,
    change: { actor: DEPLOY, before: BEFORE },
    fires: 'high',
    fixed: null,
  },
  {
    name: 'An actor of a foreign account adds that account',
    policy: {
      Version: '2012-10-17',
      Statement: [EC2, { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    change: { actor: 'arn:aws:sts::999988887777:assumed-role/ops/mallory', before: BEFORE },
    fires: 'high',
    fixed: BEFORE,
  },
  {
    name: 'A user adds a colleague',
    policy: { Version: '2012-10-17', Statement: [EC2, ALICE_IN] },
    about: OWN,
    change: { actor: 'arn:aws:iam::111122223333:user/people/bob', before: BEFORE },
    silent: true,
    because: 'who gets in is not who made the change',
  },
  {
    name: 'A user adds her whole account',
    policy: {
      Version: '2012-10-17',
      Statement: [EC2, { Effect: 'Allow', Principal: ACCOUNT, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    change: { actor: ALICE, before: BEFORE },
    silent: true,
    because: 'the account leaves the decision to its own administrators; it names nobody',
  },
  {
    name: 'A user creates a role for herself',
    policy: { Version: '2012-10-17', Statement: [EC2, ALICE_IN] },
    about: OWN,
    change: { actor: ALICE, before: null },
    silent: true,
    because: 'the role is new, so it held nothing that was not hers to give',
  },
  {
    name: 'A user who could get in before adds a service',
    policy: { Version: '2012-10-17', Statement: [ALICE_IN, EC2] },
    about: OWN,
    change: { actor: ALICE, before: { Version: '2012-10-17', Statement: ALICE_IN } },
    silent: true,
    because: 'she gains nothing; the service does',
  },
  {
    name: 'An actor whom a condition names adds somebody else to it',
    policy: { Version: '2012-10-17', Statement: [EC2, PIN_AUDIT_AND_DEPLOY] },
    about: OWN,
    change: { actor: DEPLOY, before: { Version: '2012-10-17', Statement: [EC2, PIN_DEPLOY] } },
    silent: true,
    because: 'the actor could get in before; only the other role gains',
  },
  {
    name: 'A user adds herself under a Deny that keeps her out',
    policy: {
      Version: '2012-10-17',
      Statement: [EC2, ALICE_IN, { Effect: 'Deny', Principal: { AWS: ALICE }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    change: { actor: ALICE, before: BEFORE },
    silent: true,
    because: 'a Deny wins: she is named, and still does not get in',
  },
]
