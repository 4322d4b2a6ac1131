/** Is there a statement whose dates have passed? Asks only where it is known when the policy is judged: a date alone is never over. */

import { allow, deny, fires, listed, silent, trust } from '../example.ts'
import { admissions } from '../policy/compare.ts'
import { conditionWords, list } from '../policy/condition-words.ts'
import type { RoleContext } from '../policy/context.ts'
import { CLOCK } from '../policy/key-values.ts'
import type { Statement } from '../policy/policy.ts'
import { rewritten } from '../repair.ts'
import { type Example, type Rule, type RuleInput, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'time-is-over',
  code: 'CND-08',
  title: 'The time of this statement is over',
  reason:
    'Its dates have passed, so it does nothing any more: whoever was let in until then is refused, and a Deny keeps nobody out. ' +
    'It still reads like access, and one edited date makes it access again.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime',
  check: (input) =>
    input.policy.statements
      .filter((one) => isOver(one, input))
      .map((one) =>
        statementDraft(input.policy, one, {
          severity: 'medium',
          says: (name) =>
            `${name} did something only where ${list(one.conditions.filter(isOfClock).map(conditionWords), 'and')}`,
        }),
      ),
  fix: ({ policy }, drafts) => {
    const left = policy.statements.filter(({ index }) => drafts.every(({ statement }) => statement !== index))
    const text = left.length === 0 ? null : rewritten(policy, { statements: left })
    return text === null ? null : { summary: 'Take out what is over', policy: text }
  },
}

/** As an Allow it would let somebody in at some time, and from now on nobody. */
function isOver(statement: Statement, { policy, about }: RuleInput): boolean {
  if (about.now === undefined || !statement.conditions.some(isOfClock)) return false
  const alone = { ...policy, notUnderstood: [], statements: [{ ...statement, effect: 'Allow' as const }] }
  return admissions(alone, about).length === 0 && admissions(alone, timeless(about)).length > 0
}

function isOfClock({ name }: Statement['conditions'][number]): boolean {
  return CLOCK.has(name)
}

function timeless({ now: _, ...about }: RoleContext): RoleContext {
  return about
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where a window is opened anew from time to time, and the statement waits for its next date.'

const IN_2026 = { account: '111122223333', now: '2026-11-21T12:00:00Z' }
const CI = { AWS: 'arn:aws:iam::111122223333:role/ci' }
const PARTNER = { AWS: '999988887777' }

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'medium',
    'A partner was let in until the end of last year',
    trust(allow(CI), allow(PARTNER, { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })),
    { about: IN_2026, fixed: trust(allow(CI)) },
  ),
  fires(
    'medium',
    'A window that is past is all the role has',
    trust(
      allow(CI, {
        DateGreaterThan: { 'aws:CurrentTime': '2026-03-01' },
        DateLessThan: { 'aws:CurrentTime': '2026-04-01' },
      }),
    ),
    { about: IN_2026 },
  ),
  fires(
    'medium',
    'A Deny that held for a freeze',
    trust(allow(CI), deny({ AWS: '*' }, { DateLessThan: { 'aws:CurrentTime': '2026-01-02T00:00:00Z' } })),
    { about: IN_2026, fixed: trust(allow(CI)) },
  ),
  silent(
    'The window is open',
    'the end is still to come',
    trust(allow(CI, { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })),
    { about: IN_2026 },
  ),
  silent(
    'It begins one day',
    'callers of then get in',
    trust(allow(CI, { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })),
    { about: IN_2026 },
  ),
  silent(
    'Nobody knows when the policy is judged',
    'without a time, no date has passed',
    trust(allow(CI), allow(CI, { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })),
  ),
  silent(
    'Sessions from before a day are turned away',
    'aws:TokenIssueTime speaks of the caller’s session, and whoever signs in anew gets in',
    trust(allow(CI), deny({ AWS: '*' }, { DateLessThan: { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' } })),
    { about: IN_2026 },
  ),
])
