/** The sentence a phone shows: who, what, which role; what could not be decided is said; the end is never cut off. */

import { expect, test } from 'vitest'
import type { Finding } from '../shared/finding.ts'
import { type HeadlineParts, headlineOf } from '../shared/headline.ts'
import type { Admission } from '../shared/policy/comparison.ts'
import type { Severity } from '../shared/severity.ts'

function entry(says: string, severity: Severity = 'medium', extra: Partial<Admission> = {}): Admission {
  return {
    says,
    severity,
    witness: {
      principal: { type: 'AWS', id: 'arn:aws:iam::444455556666:role/x' },
      action: 'sts:AssumeRole',
      context: {},
    },
    who: { kind: 'foreign-account', account: '444455556666', restraint: 'none' },
    principal: '444455556666',
    named: false,
    statement: 0,
    fingerprint: '',
    ...extra,
  }
}

function finding(title: string, severity: Severity): Finding {
  const words = { says: '', why: '', reference: '' }
  return { id: '', rule: 'a-rule', severity, title, ...words, statement: null, principal: null, fix: null }
}

const partner = entry('any principal of account 444455556666')
const service = entry('the service ecs-tasks.amazonaws.com')
const tags = entry('any principal of account 444455556666 may now also pass session tags (sts:TagSession)', 'low', {
  accompanying: true,
})
const open = { says: 'what StringEquals does cannot be decided', path: '' }
const outsider = finding('A foreign account can assume this role', 'high')

type Case = Partial<Omit<HeadlineParts, 'comparison'>> & Partial<NonNullable<HeadlineParts['comparison']>>

function headline({ kind = 'trust-changed', role = 'x', findings = [], ...compared }: Case): string {
  return headlineOf({ kind, role, findings, comparison: { gained: [], lost: [], undecided: [], ...compared } })
}

const CASES: readonly (readonly [string, Case])[] = [
  ['Any principal of account 444455556666 can now assume role x', { gained: [partner] }],
  [
    'Any principal of account 444455556666 can now assume role x; more could not be decided',
    { gained: [partner], undecided: [open] },
  ],
  [
    'Any principal of account 444455556666 can now assume role x; the service ecs-tasks.amazonaws.com no longer can',
    { gained: [partner], lost: [service] },
  ],
  [
    'The service ecs-tasks.amazonaws.com and 1 more can no longer assume role x; more could not be decided',
    { lost: [service, partner], undecided: [open] },
  ],
  ['The trust policy of role x changed; who gained or lost access could not be decided', { undecided: [open] }],
  ['Role abac was created', { kind: 'role-created', role: 'abac' }],
  [
    'Role abac was created; who can assume it could not be decided',
    { kind: 'role-created', role: 'abac', undecided: [open], findings: [outsider] },
  ],
  [
    'Role x was created; any principal of account 444455556666 can assume it; more could not be decided',
    { kind: 'role-created', gained: [partner], undecided: [open] },
  ],
  // A finding is named where it is the worst, and only there.
  [
    'Role x: A foreign account can assume this role; any principal of account 444455556666 can now assume it',
    { gained: [partner], findings: [finding('Nobody can assume this role', 'low'), outsider] },
  ],
  [
    'Role x: A foreign account can assume this role; the service ecs-tasks.amazonaws.com can no longer assume it',
    { lost: [service], findings: [outsider] },
  ],
  [
    'Any principal of account 444455556666 can now assume role x',
    { gained: [entry('any principal of account 444455556666', 'high')], findings: [outsider] },
  ],
  ['Role x: A foreign account can assume this role', { findings: [outsider] }],
  [
    'Role x was created: A foreign account can assume this role; the service ecs-tasks.amazonaws.com can assume it',
    { kind: 'role-created', gained: [entry('the service ecs-tasks.amazonaws.com', 'info')], findings: [outsider] },
  ],
  // What only accompanies an assumption is no new assumption.
  [
    'Any principal of account 444455556666 may now also pass session tags (sts:TagSession) on role x',
    { gained: [tags] },
  ],
  ['The service ecs-tasks.amazonaws.com can now assume role x', { gained: [tags, service] }],
  [
    'Any principal of account 444455556666 may now also pass session tags (sts:TagSession) on role x; the service ecs-tasks.amazonaws.com can no longer assume it',
    { gained: [tags], lost: [service] },
  ],
]

test.each(CASES)('%s', (expected, parts) => expect(headline(parts)).toBe(expected))

test('without an earlier version nobody is called new, but what was found is named', () => {
  const parts = { kind: 'trust-changed', role: 'x', comparison: null } as const
  expect(headlineOf({ ...parts, findings: [outsider] })).toBe(
    'Role x: A foreign account can assume this role; no earlier version is known',
  )
  expect(headlineOf({ ...parts, findings: [] })).toBe(
    'The trust policy of role x was written; no earlier version is known',
  )
})

test('however long who is, the role and the end stay', () => {
  const role = 'r'.repeat(64)
  const long = (name: string) => entry(`the role ${name.repeat(300)} of account 444455556666`)
  const text = headline({ role, gained: Array(12).fill(long('a')), lost: Array(12).fill(long('b')), undecided: [open] })
  expect(text.length).toBeLessThanOrEqual(240)
  expect(text).toMatch(
    /a… and 11 more can now assume role r{64}; .*b… and 11 more no longer can; more could not be decided$/,
  )
})
