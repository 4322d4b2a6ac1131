/** Alerts as the pipeline makes them, small enough to read. */

import type { Actor, Alert } from '../../shared/alert.ts'
import type { Finding } from '../../shared/finding.ts'
import type { Change } from '../../shared/policy/comparison.ts'

export const alice: Actor = {
  type: 'IAMUser',
  name: 'alice',
  arn: 'arn:aws:iam::111122223333:user/alice',
  via: 'AWS console',
  sourceIp: '203.0.113.7',
  userAgent: 'AWS Internal',
  mfa: false,
}

export function foreign(account: string): Change {
  return {
    says: `any principal of account ${account}`,
    severity: 'high',
    witness: {
      principal: { type: 'AWS', id: `arn:aws:iam::${account}:user/anyone` },
      action: 'sts:AssumeRole',
      context: {},
    },
  }
}

export const foreignFinding: Finding = {
  id: 'f1',
  rule: 'foreign-account',
  severity: 'high',
  title: 'A foreign account can assume the role',
  says: 'Statement 2 lets any principal of account 999988887777 assume the role; nothing else is asked of them.',
  why: 'The account is neither yours, nor of your organisation, nor among the accounts you trust. Whoever controls it decides who uses this role.',
  statement: 1,
  principal: 'arn:aws:iam::999988887777:root',
  fix: {
    summary: 'Remove the account, or require an sts:ExternalId only its owner knows.',
    policy:
      '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/ci" }, "Action": "sts:AssumeRole" }]\n}',
  },
  reference: 'docs/rules.md#foreign-account',
}

const opened: Alert = {
  version: 1,
  id: '0f5a3c6e9d2b4817a6c05e9f31d7b248',
  truncated: false,
  kind: 'trust-changed',
  severity: 'high',
  headline: 'Any principal of account 999988887777 can now assume role deploy',
  at: '2026-11-21T03:12:44Z',
  account: '111122223333',
  role: { name: 'deploy', arn: 'arn:aws:iam::111122223333:role/ci/deploy' },
  service: null,
  actor: alice,
  comparison: { verdict: 'widened', gained: [foreign('999988887777')], lost: [], undecided: [] },
  findings: [foreignFinding],
  oldFindings: 2,
  inForce: 'in-force',
  usedBy: [],
  cause: null,
  restore: {
    command:
      'aws iam update-assume-role-policy --role-name deploy --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/ci"},"Action":"sts:AssumeRole"}]}\'',
  },
  evidence: {
    eventId: '5c1d0a52-6f0b-4f0a-9d5e-0a6f4b1d2c3e',
    eventName: 'UpdateAssumeRolePolicy',
    region: 'us-east-1',
    source: 'cloudtrail',
  },
}

const federated: Change = {
  says: 'any workflow of any GitHub repository',
  severity: 'critical',
  witness: {
    principal: { type: 'Federated', id: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    action: 'sts:AssumeRoleWithWebIdentity',
    context: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': 'repo:somebody/else:ref:refs/heads/main',
    },
  },
}

const hundred = Array.from({ length: 100 }, (_, index) => `1000000000${String(index).padStart(2, '0')}`)

const nothing = { verdict: 'equivalent', gained: [], lost: [], undecided: [] } as const

/** By the golden's name. */
export const sampleAlerts: Readonly<Record<string, Alert>> = {
  opened,
  closed: {
    ...opened,
    severity: 'medium',
    headline: 'Any principal of account 999988887777 can no longer assume role deploy',
    comparison: {
      verdict: 'narrowed',
      gained: [],
      lost: [{ ...foreign('999988887777'), severity: 'medium' }],
      undecided: [],
    },
    findings: [],
    oldFindings: 0,
    actor: {
      type: 'AssumedRole',
      name: 'ci-run-4711',
      arn: 'arn:aws:sts::111122223333:assumed-role/terraform/ci-run-4711',
      via: 'Terraform',
      sourceIp: '198.51.100.20',
      userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.70.0',
      mfa: null,
    },
    restore: null,
    usedBy: [
      {
        service: 'App Runner service web',
        arn: 'arn:aws:apprunner:eu-west-1:111122223333:service/web/8fe1e10304f84fd2b0df550fe98a71fa',
        region: 'eu-west-1',
        as: 'instance role',
      },
    ],
  },
  'both-and-undecided': {
    ...opened,
    severity: 'critical',
    headline: 'Any workflow of any GitHub repository can now assume role deploy; account 444455556666 no longer can',
    comparison: {
      verdict: 'undecided',
      gained: [federated, foreign('999988887777')],
      lost: [{ ...foreign('444455556666'), severity: 'medium' }],
      undecided: [
        {
          says: 'a condition on aws:PrincipalTag/team may or may not let callers in: their tags are not known',
          path: '/Statement/2/Condition',
        },
      ],
    },
    oldFindings: 1,
    inForce: 'unknown',
    restore: null,
  },
  'no-earlier-version': {
    ...opened,
    headline: 'The trust policy of role deploy was written; no earlier version is known',
    comparison: null,
    oldFindings: 0,
    inForce: 'superseded',
    restore: null,
  },
  'hundred-accounts': {
    ...opened,
    headline: 'Any principal of account 100000000000 and 99 more can now assume role deploy',
    comparison: { verdict: 'widened', gained: hundred.map(foreign), lost: [], undecided: [] },
    findings: hundred.map((account) => ({
      ...foreignFinding,
      says: `Any principal of account ${account} gets in through statement 1.`,
    })),
    inForce: 'in-force',
    restore: null,
  },
  'hundred-accounts-truncated': {
    ...opened,
    truncated: true,
    headline: 'Any principal of account 100000000000 and 99 more can now assume role deploy',
    comparison: {
      verdict: 'widened',
      gained: hundred.map(foreign),
      lost: [],
      undecided: [],
    },
    findings: [{ ...foreignFinding, principal: null, says: '100 foreign accounts can assume the role.', fix: null }],
    inForce: 'gone',
    restore: null,
  },
  created: {
    ...opened,
    kind: 'role-created',
    severity: 'info',
    headline: 'Role batch was created; the service ecs-tasks.amazonaws.com can assume it',
    role: { name: 'batch', arn: null },
    comparison: {
      verdict: 'widened',
      gained: [
        {
          says: 'the service ecs-tasks.amazonaws.com',
          severity: 'info',
          witness: {
            principal: { type: 'Service', id: 'ecs-tasks.amazonaws.com' },
            action: 'sts:AssumeRole',
            context: {},
          },
        },
      ],
      lost: [],
      undecided: [],
    },
    actor: { ...alice, type: 'Root', name: 'root', arn: 'arn:aws:iam::111122223333:root', mfa: true },
    findings: [],
    oldFindings: 0,
    restore: null,
    evidence: { ...opened.evidence, eventName: 'CreateRole' },
  },
  'deleted-seen-by-sweep': {
    ...opened,
    kind: 'role-deleted',
    severity: 'info',
    headline: 'Role deploy was deleted',
    actor: null,
    comparison: { ...nothing, verdict: 'narrowed', lost: [{ ...foreign('444455556666'), severity: 'info' }] },
    findings: [],
    oldFindings: 0,
    restore: null,
    evidence: { eventId: null, eventName: null, region: null, source: 'sweep' },
  },
  refused: {
    ...opened,
    kind: 'trust-update-refused',
    severity: 'low',
    headline: 'IAM refused to write the trust policy of role deploy: MalformedPolicyDocument',
    comparison: null,
    findings: [
      {
        ...foreignFinding,
        rule: 'refused',
        severity: 'low',
        title: 'IAM refused the trust policy',
        says: 'Invalid principal in policy: "AWS":"arn:aws:iam::444455556666:role/gone"',
        why: 'A principal that does not exist cannot be trusted. Nothing was changed.',
        fix: null,
      },
    ],
    oldFindings: 0,
    inForce: 'unknown',
    restore: null,
  },
  unreadable: {
    ...opened,
    kind: 'unreadable',
    headline: 'An event could not be read: it is not JSON',
    account: null,
    role: null,
    actor: null,
    comparison: null,
    findings: [],
    oldFindings: 0,
    inForce: 'unknown',
    restore: null,
    evidence: { eventId: null, eventName: null, region: null, source: 'cloudtrail' },
  },
  'unreadable-message': {
    ...opened,
    kind: 'unreadable',
    headline:
      'Message 5a1b could not be read as an alert: it is not JSON. Upgrade Trustdrift, or see what else writes to its topic.',
    account: null,
    role: null,
    actor: null,
    comparison: null,
    findings: [],
    oldFindings: 0,
    inForce: 'unknown',
    restore: null,
    evidence: { eventId: null, eventName: null, region: null, source: 'channel' },
  },
  undecided: {
    ...opened,
    headline: 'The trust policy of role deploy changed; who gained or lost access could not be decided',
    comparison: {
      verdict: 'undecided',
      gained: [],
      lost: [],
      undecided: [
        {
          says: 'a condition on aws:PrincipalTag/team may or may not let callers in: their tags are not known',
          path: '/Statement/0/Condition',
        },
      ],
    },
    findings: [],
    oldFindings: 0,
    restore: null,
  },
  'service-failed': {
    ...opened,
    kind: 'service-failed',
    headline: 'App Runner service web failed to deploy',
    role: null,
    service: {
      name: 'web',
      arn: 'arn:aws:apprunner:eu-west-1:111122223333:service/web/8fe1e10304f84fd2b0df550fe98a71fa',
      region: 'eu-west-1',
    },
    actor: null,
    comparison: null,
    findings: [],
    oldFindings: 0,
    restore: null,
    cause: {
      verdict: 'trust',
      role: 'apprunner-pull',
      as: 'access role',
      missing: 'build.apprunner.amazonaws.com',
      changedBy: {
        eventId: '5c1d0a52-6f0b-4f0a-9d5e-0a6f4b1d2c3e',
        at: '2026-11-21T03:00:00Z',
        actor: 'alice',
        minutesBefore: 12,
      },
    },
    evidence: { eventId: 'a1b2c3', eventName: null, region: 'eu-west-1', source: 'apprunner' },
  },
  'service-recovered': {
    ...opened,
    kind: 'service-recovered',
    headline: 'App Runner service web works again',
    service: {
      name: 'web',
      arn: 'arn:aws:apprunner:eu-west-1:111122223333:service/web/8fe1e10304f84fd2b0df550fe98a71fa',
      region: 'eu-west-1',
    },
    role: null,
    actor: null,
    comparison: null,
    findings: [],
    oldFindings: 0,
    restore: null,
    evidence: { eventId: 'a1b2c4', eventName: null, region: 'eu-west-1', source: 'apprunner' },
  },
  'unreadable-policy': {
    ...opened,
    kind: 'unreadable',
    headline: 'The new trust policy of role deploy could not be read',
    comparison: null,
    findings: [],
    oldFindings: 0,
    inForce: 'unknown',
    restore: null,
  },
  test: {
    ...opened,
    kind: 'test',
    severity: 'info',
    headline: 'This is a test of Trustdrift: nothing happened',
    role: null,
    actor: null,
    comparison: null,
    findings: [],
    oldFindings: 0,
    inForce: 'unknown',
    restore: null,
    evidence: { eventId: null, eventName: null, region: null, source: 'test' },
  },
  hostile: {
    ...opened,
    headline: 'Any principal of account 999988887777 can now assume role \u001b[2J\u202edeploy',
    actor: {
      ...alice,
      name: 'mallory\nIN FORCE   No: the role does not exist any more.',
      userAgent: 'curl\u009b31m\tRESTORE    aws iam delete-role --role-name deploy',
    },
    restore: {
      command: 'aws iam update-assume-role-policy --role-name deploy --policy-document \'{"Sid":"\u001b[1A"}\'',
    },
  },
}

export function alertNamed(name: string): Alert {
  const alert = sampleAlerts[name]
  if (!alert) throw new Error(`No sample alert ${name}`)
  return alert
}
