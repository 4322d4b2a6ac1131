/** The grammar of documents and statements. */

import { allow, one, own, policy } from './build.ts'
import { answered, CHECKS, CREATE_ROLE, GRAMMAR, type GrammarRule, QUOTAS } from './grammar.ts'

const document = (parts: object) => JSON.stringify({ Version: '2012-10-17', Statement: [allow(own)], ...parts })
const withAction = (action: unknown) => one({ Effect: 'Allow', Principal: own, Action: action })
const without = (key: string) => one(Object.fromEntries(Object.entries(allow(own)).filter(([name]) => name !== key)))
/** So many characters without white space, with white space between them and inside quotes. */
const ofLength = (characters: number) => {
  const [before = '', after = ''] = document({ Id: 'ID' }).split('ID')
  return `\n \t${before}${'x '.repeat(characters - before.length - after.length)}${after}\r\n`
}

export const DOCUMENTS: readonly GrammarRule[] = [
  {
    rule: 'a policy is one JSON object, strictly',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html',
    good: [document({}), JSON.stringify(JSON.parse(document({})), null, 2).replaceAll('\n', '\r\n')],
    bad: [
      ['', 'invalid-json', ''],
      ['policy', 'invalid-json', ''],
      [`\ufeff${document({})}`, 'invalid-json', ''],
      [`${document({})}{}`, 'invalid-json', ''],
      [document({}).replaceAll('"', "'"), 'invalid-json', ''],
      ['{"Statement":"\u0000"}', 'invalid-json', ''],
      [`{"Id":${'['.repeat(100)}${']'.repeat(100)}}`, 'invalid-json', ''],
      ['[]', 'not-an-object', ''],
      ['null', 'not-an-object', ''],
      ['"text"', 'not-an-object', ''],
    ],
  },
  {
    rule: 'IAM takes tab, line breaks and U+0020 to U+00FF; others are escaped',
    source: CREATE_ROLE,
    good: [document({ Id: 'é' }), document({ Id: 'ID' }).replace('ID', '\\u2192')],
    bad: [
      [document({ Id: '→' }), 'invalid-characters', ''],
      [document({ Id: 'ID' }).replace('ID', '\ud800'), 'invalid-characters', ''],
    ],
  },
  {
    rule: 'at most 2,048 characters without white space, and 131,072 in one call',
    source: QUOTAS,
    good: [ofLength(2048)],
    bad: [
      [ofLength(2049), 'over-quota', ''],
      [' '.repeat(131_073), 'too-long', ''],
    ],
  },
  {
    rule: 'the elements of a policy are Version, Id and Statement, spelt so',
    source: answered('pf-iam-policy-unknown-toplevel-field'),
    good: [document({ Id: '' }), document({ Id: 'any id' })],
    bad: [
      [document({ version: '2012-10-17' }), 'unknown-element', '/version'],
      [document({ Comment: 'x' }), 'unknown-element', '/Comment'],
      [document({ 'a/b~c': 'x' }), 'unknown-element', '/a~1b~0c'],
      [document({ Id: 1 }), 'invalid-id', '/Id'],
    ],
  },
  {
    rule: 'a version is one of two, or absent',
    source: answered('pf-iam-policy-version'),
    good: [document({ Version: '2008-10-17' }), document({ Version: undefined })],
    bad: [
      [document({ Version: '2012-10-18' }), 'invalid-version', '/Version'],
      [document({ Version: '' }), 'invalid-version', '/Version'],
      [document({ Version: 20_121_017 }), 'invalid-version', '/Version'],
      [document({ Version: ['2012-10-17'] }), 'invalid-version', '/Version'],
    ],
  },
  {
    rule: 'statements are an object or a list of them, and at least one',
    source: answered('pf-iam-policy-statement-required'),
    good: [document({ Statement: allow(own) }), policy(allow(own), allow(own))],
    bad: [
      [document({ Statement: undefined }), 'missing-statement', ''],
      [document({ Statement: [] }), 'missing-statement', '/Statement'],
      [document({ Statement: 'all' }), 'invalid-statement', '/Statement'],
      [document({ Statement: [allow(own), null] }), 'invalid-statement', '/Statement/1'],
      [document({ Statement: [[allow(own)]] }), 'invalid-statement', '/Statement/0'],
    ],
  },
  {
    rule: 'a statement has no other elements, and a trust policy no Resource',
    source: answered('pf-iam-policy-statement-unknown-field'),
    good: [one({ Sid: 'a', ...allow(own, {}) })],
    bad: [
      [one({ ...allow(own), Comment: 'x' }), 'unknown-element', '/Statement/0/Comment'],
      [one({ ...allow(own), condition: {} }), 'unknown-element', '/Statement/0/condition'],
      [one({ ...allow(own), Resource: '*' }), 'prohibited-resource', '/Statement/0/Resource'],
      [one({ ...allow(own), NotResource: [] }), 'prohibited-resource', '/Statement/0/NotResource'],
    ],
  },
  {
    rule: 'no key stands twice',
    source: CHECKS,
    good: [],
    bad: [
      [document({}).replace('{', '{"Version":"2012-10-17",'), 'duplicate-key', '/Version'],
      [one(allow(own)).replace('"Effect"', '"Effect":"Deny","Effect"'), 'duplicate-key', '/Statement/0/Effect'],
      [one(allow(own)).replace('"AWS"', '"AWS":"*","AWS"'), 'duplicate-key', '/Statement/0/Principal/AWS'],
    ],
  },
  {
    rule: 'a Sid is letters and digits, and nobody else has it',
    source: answered('pf-iam-policy-sid-format'),
    good: [
      one({ Sid: '', ...allow(own) }),
      one({ Sid: '0aZ', ...allow(own) }),
      policy({ Sid: '', ...allow(own) }, { Sid: '', ...allow(own) }),
      policy({ Sid: 'a', ...allow(own) }, { Sid: 'A', ...allow(own) }),
    ],
    bad: [
      [one({ Sid: 'a b', ...allow(own) }), 'invalid-sid', '/Statement/0/Sid'],
      [one({ Sid: 'a-b', ...allow(own) }), 'invalid-sid', '/Statement/0/Sid'],
      [one({ Sid: 'é', ...allow(own) }), 'invalid-sid', '/Statement/0/Sid'],
      [one({ Sid: 1, ...allow(own) }), 'invalid-sid', '/Statement/0/Sid'],
      [policy({ Sid: 'a', ...allow(own) }, { Sid: 'a', ...allow(own) }), 'duplicate-sid', '/Statement/1/Sid'],
    ],
  },
  {
    rule: 'an Effect is Allow or Deny, spelt so',
    source: answered('pf-iam-policy-effect-case'),
    good: [one({ ...allow(own), Effect: 'Deny' })],
    bad: [
      [without('Effect'), 'missing-effect', '/Statement/0'],
      [one({ ...allow(own), Effect: 'allow' }), 'invalid-effect', '/Statement/0/Effect'],
      [one({ ...allow(own), Effect: 'ALLOW' }), 'invalid-effect', '/Statement/0/Effect'],
      [one({ ...allow(own), Effect: ['Allow'] }), 'invalid-effect', '/Statement/0/Effect'],
      [one({ ...allow(own), Effect: true }), 'invalid-effect', '/Statement/0/Effect'],
    ],
  },
  {
    rule: 'an action is one of six, spelt so',
    source: answered('pf-iam-trust-policy-action-sts-only'),
    good: [
      withAction([
        'sts:AssumeRole',
        'sts:AssumeRoleWithSAML',
        'sts:AssumeRoleWithWebIdentity',
        'sts:TagSession',
        'sts:SetSourceIdentity',
        'sts:SetContext',
      ]),
    ],
    bad: [
      ...['*', 'sts:*', 'sts:AssumeRole*', 'sts:assumerole', 'STS:AssumeRole', 'AssumeRole', ' sts:AssumeRole', ''].map(
        (action) => [withAction(action), 'unsupported-action', '/Statement/0/Action'] as const,
      ),
      [withAction(['sts:AssumeRole', 'sts:AssumeRoot']), 'unsupported-action', '/Statement/0/Action/1'],
      [withAction(['sts:GetCallerIdentity']), 'unsupported-action', '/Statement/0/Action/0'],
      [withAction(['s3:GetObject']), 'unsupported-action', '/Statement/0/Action/0'],
    ],
  },
  {
    rule: 'a statement has actions, as text',
    source: GRAMMAR,
    good: [withAction(['sts:AssumeRole', 'sts:AssumeRole'])],
    bad: [
      [without('Action'), 'missing-action', '/Statement/0'],
      [withAction([]), 'missing-action', '/Statement/0/Action'],
      [withAction(1), 'invalid-action-element', '/Statement/0/Action'],
      [withAction({}), 'invalid-action-element', '/Statement/0/Action'],
      [withAction(['sts:AssumeRole', null]), 'invalid-action-element', '/Statement/0/Action/1'],
      [one({ ...allow(own), NotAction: 'sts:TagSession' }), 'action-and-not-action', '/Statement/0/NotAction'],
    ],
  },
]
