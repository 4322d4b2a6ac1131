/** May a caller from another account pass any session tag? What the tags open elsewhere is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { actionMatches } from '../policy/action.ts'
import { letsIn, withKeys } from '../policy/guard.ts'
import { type Draft, type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'tag-session-unlimited',
  code: 'CND-12',
  title: 'Callers may pass any session tag',
  reason:
    'Where permissions follow tags, whoever sets the tags sets the permissions. sts:TagSession without aws:RequestTag or aws:TagKeys lets the other account choose both names and values.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required',
  yieldsTo: ['wildcard-action'],
  check: (input) => {
    if (!input.policy.statements.some(({ effect, action }) => effect === 'Allow' && actionMatches(action, TAGGING)))
      return []
    const drafts = remarks(input, input.admissions, ({ who, witness }) => {
      if (who.kind !== 'foreign-account' && who.kind !== 'trusted-account' && who.kind !== 'organization') return null
      const tagged = withKeys(witness, { 'aws:RequestTag/example-tag': 'example', 'aws:TagKeys': ['example-tag'] })
      return letsIn(input.policy, { ...tagged, action: TAGGING }) ? 'and may pass any session tag' : null
    })
    // As the severity table has it for whoever gets in anyway and may pass something with it.
    return drafts.map((draft): Draft => ({ ...draft, severity: 'low' }))
  },
}

const TAGGING = 'sts:TagSession'

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where nothing you own is granted by tags.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'A partner may pass whatever tag it likes',
    trust(allow({ AWS: '999988887777' }, null, ['sts:AssumeRole', 'sts:TagSession'])),
  ),
  silent(
    'The names of the tags are limited',
    'a tag of another name is refused',
    trust(
      allow({ AWS: '999988887777' }),
      allow({ AWS: '999988887777' }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } }, 'sts:TagSession'),
    ),
  ),
])
