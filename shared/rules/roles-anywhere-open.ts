/** Does Roles Anywhere let in any certificate? Which trust anchors an account has is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'roles-anywhere-open',
  code: 'SVC-11',
  title: 'Any certificate of any trust anchor gets in',
  reason:
    'IAM Roles Anywhere vouches for every certificate of every trust anchor of the account. Without aws:SourceArn of the anchor, or a condition on the certificate’s tags, the machine with the least of your certificates gets this role.',
  reference: 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html',
  check: (input) =>
    remarks(input, input.admissions, ({ who }, { form }) => {
      const isOpen = form.kind === 'service' && form.name === 'rolesanywhere.amazonaws.com' && who.restraint === 'none'
      return isOpen ? 'with any certificate of any trust anchor' : null
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the account has one trust anchor, and all its certificates are meant.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'Nothing is asked',
    trust(
      allow({ Service: 'rolesanywhere.amazonaws.com' }, null, [
        'sts:AssumeRole',
        'sts:TagSession',
        'sts:SetSourceIdentity',
      ]),
    ),
  ),
  silent(
    'The trust anchor is named',
    'certificates of another anchor do not get in',
    trust(
      allow(
        { Service: 'rolesanywhere.amazonaws.com' },
        { ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/5e0e3a0b' } },
        ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      ),
    ),
  ),
  silent(
    'The certificate’s name is asked for',
    'no other certificate has it',
    trust(
      allow(
        { Service: 'rolesanywhere.amazonaws.com' },
        { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } },
        ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      ),
    ),
  ),
])
