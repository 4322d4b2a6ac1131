/** The grammar of conditions: operators, keys and what each operator takes as a value. */

import { withCondition } from './build.ts'
import { answered, CHECKS, type GrammarRule, OPERATORS, VARIABLES } from './grammar.ts'

const AT = '/Statement/0/Condition'
const variable = (inside: string) => '$'.concat(`{${inside}}`)
const takes = (operator: string, values: readonly unknown[]) =>
  values.map((value) => withCondition({ [operator]: { 'aws:x': value } }))
const refuses = (operator: string, values: readonly unknown[]) =>
  values.map(
    (value) =>
      [
        withCondition({ [operator]: { 'aws:x': value } }),
        'invalid-condition-value',
        `${AT}/${operator}/aws:x`,
      ] as const,
  )

const VALUES: readonly (readonly [string, unknown])[] = [
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'].map(
    (name) => [name, 'a*'] as const,
  ),
  ...['StringLike', 'StringNotLike'].map((name) => [name, 'a*?'] as const),
  ...['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'].map((name) => [name, 'arn:aws:iam::*:role/*'] as const),
  ...['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].flatMap(
    (name) =>
      [
        [`Numeric${name}`, '10'],
        [`Date${name}`, '2026-01-01'],
      ] as const,
  ),
  ...['IpAddress', 'NotIpAddress'].map((name) => [name, '203.0.113.0/24'] as const),
  ['Bool', 'true'],
  ['BinaryEquals', 'QmluYXJ5'],
]

export const CONDITION_RULES: readonly GrammarRule[] = [
  {
    rule: 'operators are those of the guide, with IfExists behind and a qualifier before',
    source: OPERATORS,
    good: VALUES.flatMap(([name, value]) =>
      [name, `${name}IfExists`, `ForAllValues:${name}`, `ForAnyValue:${name}IfExists`].flatMap((operator) =>
        takes(operator, [value]),
      ),
    ).concat(takes('Null', ['true', 'false', true]), takes('ForAllValues:Null', ['true'])),
    bad: [
      'StringEqualz',
      'StringMatches',
      'StringLessThan',
      'Equals',
      'NullIfExists',
      'BinaryNotEquals',
      'BoolNotEquals',
      'IfExists',
      'ForSomeValues:StringEquals',
      'ForAllValues:',
      'ForAllValues:ForAnyValue:StringEquals',
      'StringEquals ',
      '',
      'constructor',
      '__proto__',
    ].map(
      (name) =>
        [
          withCondition({ OPERATOR: { 'aws:x': 'true' } }).replace('OPERATOR', name),
          'unknown-operator',
          `${AT}/${name}`,
        ] as const,
    ),
  },
  {
    rule: 'a condition is operators of keys of text, numbers and booleans, or lists of these',
    source: answered('pf-iam-policy-condition-value-type'),
    good: [
      withCondition({}),
      withCondition({ StringEquals: {} }),
      ...takes('StringEquals', ['', [], ['a', 'b'], 1, true, ['a', 1, false]]),
    ],
    bad: [
      ...['all', null, [], 1].map((condition) => [withCondition(condition), 'invalid-condition', AT] as const),
      ...['x', null, []].map(
        (keys) => [withCondition({ StringEquals: keys }), 'invalid-condition', `${AT}/StringEquals`] as const,
      ),
      ...[{}, null].map(
        (value) =>
          [
            withCondition({ StringEquals: { 'aws:x': value } }),
            'invalid-condition',
            `${AT}/StringEquals/aws:x`,
          ] as const,
      ),
      ...[[{}], [null], [[]]].map(
        (value) =>
          [
            withCondition({ StringEquals: { 'aws:x': value } }),
            'invalid-condition',
            `${AT}/StringEquals/aws:x/0`,
          ] as const,
      ),
    ],
  },
  {
    rule: 'a key begins with who defines it',
    source: answered('pf-iam-policy-action-format'),
    good: [
      'aws:SourceIp',
      'AWS:sourceip',
      'sts:ExternalId',
      'saml:aud',
      'aws:PrincipalTag/a b',
      'oidc.eks.us-east-1.amazonaws.com/id/0123:sub',
      'idp.example.com:any:thing',
    ].map((key) => withCondition({ StringEquals: { [key]: 'x' } })),
    bad: ['ExternalId', '', ':x', 'aws:', 'constructor'].map(
      (key) =>
        [
          withCondition({ StringEquals: { [key]: 'x' } }),
          'invalid-condition-key',
          `${AT}/StringEquals/${key}`,
        ] as const,
    ),
  },
  {
    rule: 'no key stands twice, in no spelling',
    source: CHECKS,
    good: [withCondition({ StringEquals: { 'aws:a': 'x', 'aws:b': 'x' }, StringLike: { 'AWS:A': 'x' } })],
    bad: [
      [withCondition({ StringEquals: { 'aws:a': 'x', 'AWS:A': 'y' } }), 'duplicate-key', `${AT}/StringEquals/AWS:A`],
      [
        withCondition({ StringEquals: { 'aws:a': 'x', TWICE: 'y' } }).replace('TWICE', 'aws:a'),
        'duplicate-key',
        `${AT}/StringEquals/aws:a`,
      ],
      [
        withCondition({ StringEquals: {}, TWICE: {} }).replace('TWICE', 'StringEquals'),
        'duplicate-key',
        `${AT}/StringEquals`,
      ],
    ],
  },
  {
    rule: 'numbers are decimal, with a fraction and an exponent',
    source: answered('pf-iam-policy-condition-numeric-value'),
    good: takes('NumericLessThan', ['10', 10, '10.5', '-1', '1e3', 1e21, ['1', 2]]),
    bad: refuses('NumericLessThan', [
      'abc',
      '',
      ' 10',
      '10 ',
      '0x10',
      '1,000',
      '1.',
      '.5',
      '+1',
      true,
      'NaN',
      'Infinity',
    ]),
  },
  {
    rule: 'dates are ISO 8601 or seconds since 1970',
    source: answered('pf-iam-policy-condition-date-value'),
    good: takes('DateGreaterThan', [
      '2026',
      '2026-01',
      '2026-01-01',
      '2026-01-01T00:00Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00+09:00',
      '1767225600',
      1767225600,
    ]),
    bad: refuses('DateGreaterThan', ['tomorrow', '', '2026/01/01', '2026-13-45', 'Thu, 01 Jan 2026 00:00:00 GMT']),
  },
  {
    rule: 'addresses are IPv4 or IPv6, with or without a prefix',
    source: answered('pf-iam-policy-condition-ip-value'),
    good: takes('IpAddress', ['203.0.113.7', '203.0.113.7/24', '0.0.0.0/0', '2001:db8::1', '2001:db8::/32', '::/128']),
    bad: refuses('IpAddress', [
      'localhost',
      '',
      '203.0.113',
      '203.0.113.256',
      '203.0.113.0/33',
      '203.0.113.0/',
      ' 203.0.113.0',
      '203.0.113.*',
      '203.0.113.0-203.0.113.9',
      '2001:db8::/129',
      '2001::db8::1',
    ]),
  },
  {
    rule: 'ARNs have six parts, or are the star; a variable alone is none',
    source: answered('pf-iam-policy-condition-arn-value'),
    good: takes('ArnLike', [
      '*',
      'arn:aws:*:*:*:*',
      'arn:*:s3:::b',
      'arn:aws:iam::111122223333:role/a:b',
      `arn:aws:iam::111122223333:role/${variable('aws:PrincipalTag/team')}`,
    ]),
    bad: refuses('ArnLike', ['nope', '', 'arn:aws:s3:b', variable('aws:PrincipalArn')]),
  },
  {
    rule: 'binaries are base64, in full groups',
    source: answered('pf-iam-policy-condition-binary-value'),
    good: takes('BinaryEquals', ['QmluYXJ5', 'QQ==', 'QUI=']),
    bad: refuses('BinaryEquals', ['Q', 'QQ', 'QQ=', 'QmluYXJ5=', 'not base64', 'QmluYX_5']),
  },
  {
    rule: 'booleans are true or false',
    source: OPERATORS,
    good: [...takes('Bool', ['true', 'false', true, 'True']), ...takes('Null', ['true', false])],
    bad: [...refuses('Bool', ['yes', '', '1', 1]), ...refuses('Null', ['null', 0])],
  },
  {
    rule: 'variables are text to the grammar, whole or not',
    source: VARIABLES,
    good: takes('StringLike', [variable('aws:username'), '$'.concat('{aws:username'), variable(''), variable('*')]),
    bad: [],
  },
]
