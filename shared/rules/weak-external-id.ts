/** Is the ExternalId that lets somebody in one that others can guess? Judges the values that work, not those that are written. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { labelOf } from '../policy/exposure.ts'
import { letsIn, valuesOf, withExternalId } from '../policy/guard.ts'
import { fill } from '../policy/sample.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'weak-external-id',
  code: 'XAC-05',
  title: 'An ExternalId that others can guess',
  reason:
    'An ExternalId works because only one customer has it. A pattern, an account id, a name or a few characters is tried in an afternoon, and then the supplier acts for somebody else.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
  yieldsTo: ['self-grant', 'external-id-removed'],
  check: (input) =>
    remarks(input, input.admissions, ({ who, witness }, { statement }) => {
      const { policy, about } = input
      if (who.kind !== 'trusted-account' && who.kind !== 'foreign-account') return null
      const label = who.account === null ? null : labelOf(who.account, about)
      const suspects = valuesOf(statement, 'sts:externalid').filter((value) => isWeak(value, label))
      if (suspects.length === 0 || letsIn(policy, withExternalId(witness, null))) return null
      const weak = suspects.find((value) => letsIn(policy, withExternalId(witness, fill(value)[0] ?? value)))
      return weak === undefined ? null : `and the ExternalId ${weak} is no secret`
    }),
}

/** Eight characters: what a thousand tries a second find in years, not in a night. */
const SHORTEST = 8

function isWeak(value: string, label: string | null): boolean {
  const isName = label !== null && value.toLowerCase() === label.toLowerCase()
  return /[*?]/.test(value) || /^\d{12}$/.test(value) || value.length < SHORTEST || isName
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the supplier fixes the ExternalId and will not change it: then except the role, with the reason.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('high', 'A pattern', trust(allow({ AWS: '999988887777' }, { StringLike: { 'sts:ExternalId': 'acme-*' } }))),
  fires(
    'medium',
    'The account’s own id, which every supplier knows',
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': '111122223333' } })),
  ),
  fires(
    'low',
    'One loose value in a list',
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': ['0c9f7e52-41d8-4b6a', 'test'] } })),
    {
      about: {
        account: '111122223333',
        trustedAccounts: [{ id: '999988887777', label: 'Backup Inc', reason: 'nightly copies' }],
      },
    },
  ),
  silent(
    'A value nobody can guess',
    'it is long, and says nothing',
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
  ),
  silent(
    'A star that is only a character',
    'StringEquals knows no wildcards: the value is nine characters, the star among them',
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': 'agreed-upon-value' } })),
  ),
])
