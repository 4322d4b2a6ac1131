/** Policies and requests for the property tests, of a small vocabulary so that they meet. */

import fc from 'fast-check'
import type { Request } from '../../shared/policy/request.ts'
import { FOREIGN, GITHUB, MEMBER, OWN, role, root } from './build.ts'
import type { Told } from './slow-evaluator.ts'

const principals = fc.constantFrom<NonNullable<Told['Principal']>>(
  { AWS: '*' },
  root(OWN),
  root(FOREIGN),
  { AWS: [FOREIGN, MEMBER] },
  role(FOREIGN, 'Deploy'),
  { AWS: `arn:aws:iam::${FOREIGN}:user/ci` },
  { AWS: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one` },
  { Service: 'lambda.amazonaws.com' },
  { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'], AWS: OWN },
  GITHUB,
  { AWS: 'AROAEXAMPLEDELETED123' },
)
const actions = fc.constantFrom<NonNullable<Told['Action']>>(
  'sts:AssumeRole',
  ['sts:AssumeRole', 'sts:TagSession'],
  'sts:TagSession',
  'sts:*',
  ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole'],
)
const texts = fc.constantFrom('a', 'b', 'ab', 'a*', '*b', '?', '*', 'a?b*')
const operators = fc
  .tuple(
    fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'),
    fc.constantFrom('', '', 'IfExists'),
  )
  .map((parts) => parts.join(''))
/** As AWS gives them, or a pattern of such. */
const inOrganizations = (texts: readonly string[]) => texts.map((text) => `o-${text}`)
const condition = fc.oneof(
  fc.record({
    operator: operators,
    key: fc.constant('aws:PrincipalOrgID'),
    value: fc.array(texts, { minLength: 1, maxLength: 3 }).map(inOrganizations),
  }),
  fc.record({
    operator: operators,
    key: fc.constantFrom(
      'sts:ExternalId',
      'aws:TagKeys',
      'sts:RoleSessionName',
      'token.actions.githubusercontent.com:sub',
      'token.actions.githubusercontent.com:constructor',
      'constructor',
      '__proto__',
      'aws:toString',
    ),
    value: fc.array(texts, { minLength: 1, maxLength: 3 }),
  }),
  fc.constantFrom(
    { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', value: ['true'] },
    { operator: 'BoolIfExists', key: 'aws:MultiFactorAuthPresent', value: ['false'] },
    { operator: 'Null', key: 'sts:ExternalId', value: ['false'] },
    { operator: 'IpAddress', key: 'aws:SourceIp', value: ['203.0.113.0/24', '198.51.100.0/25'] },
    { operator: 'NotIpAddress', key: 'aws:SourceIp', value: ['203.0.113.0/25'] },
    { operator: 'ArnLike', key: 'aws:PrincipalArn', value: [`arn:aws:iam::${FOREIGN}:role/D*`] },
    { operator: 'ArnNotLike', key: 'aws:PrincipalArn', value: [`arn:aws:iam::${FOREIGN}:role/Deploy`] },
    { operator: 'StringEquals', key: 'aws:PrincipalAccount', value: [FOREIGN, MEMBER] },
    { operator: 'StringLike', key: 'aws:PrincipalAccount', value: ['4*', '2222*'] },
    { operator: 'StringLike', key: 'aws:PrincipalAccount', value: ['*6666'] },
    { operator: 'StringNotLike', key: 'aws:PrincipalAccount', value: ['4444*'] },
    { operator: 'ArnLike', key: 'aws:PrincipalArn', value: ['arn:aws:iam::4444*:role/*'] },
    { operator: 'ArnNotLike', key: 'aws:PrincipalArn', value: ['arn:aws:iam::*6666:user/*'] },
    { operator: 'ArnLike', key: 'aws:PrincipalArn', value: [`arn:aws-cn:iam::${FOREIGN}:role/D*`] },
    { operator: 'NumericLessThan', key: 'sts:DurationSeconds', value: ['3600'] },
    { operator: 'NumericLessThan', key: 'aws:MultiFactorAuthAge', value: ['3600'] },
    { operator: 'NumericGreaterThan', key: 'aws:MultiFactorAuthAge', value: ['3599.5', '7200'] },
    { operator: 'StringLike', key: 'aws:username', value: ['c*', 'x'] },
    { operator: 'StringNotEquals', key: 'aws:PrincipalType', value: ['User'] },
    { operator: 'StringNotLike', key: 'aws:userid', value: ['*:one'] },
    { operator: 'DateLessThan', key: 'aws:CurrentTime', value: ['2026-11-21T00:00:00Z'] },
    { operator: 'StringMatches', key: 'sts:ExternalId', value: ['a'] },
  ),
)
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    principal: principals,
    action: actions,
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ effect, principal, action, conditions }) => {
    const Condition: Record<string, Record<string, readonly string[]>> = {}
    for (const { operator, key, value } of conditions)
      Condition[operator] = Object.fromEntries([...Object.entries(Condition[operator] ?? {}), [key, value]])
    return { Effect: effect, Principal: principal, Action: action, ...(conditions.length > 0 ? { Condition } : {}) }
  })
export const policies = fc.array(statement, { minLength: 1, maxLength: 3 })
export const text = (statements: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

const words = fc.constantFrom('a', 'b', 'ab', 'axb', 'c', '')
export const requests: fc.Arbitrary<Request> = fc
  .record({
    principal: fc.constantFrom<Request['principal']>(
      { type: 'AWS', id: `arn:aws:iam::${FOREIGN}:role/Deploy` },
      { type: 'AWS', id: `arn:aws:iam::${FOREIGN}:role/Dance` },
      { type: 'AWS', id: `arn:aws:iam::${FOREIGN}:user/ci` },
      { type: 'AWS', id: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one` },
      { type: 'AWS', id: `arn:aws:iam::${OWN}:role/App` },
      { type: 'AWS', id: 'arn:aws:iam::999988887777:role/Other' },
      { type: 'AWS', id: 'arn:aws:iam::444400001111:role/Deploy' },
      { type: 'AWS', id: 'arn:aws:iam::222255556666:user/ci' },
      { type: 'AWS', id: 'arn:aws:iam::222200001111:role/Deploy' },
      { type: 'AWS', id: `arn:aws-cn:iam::${FOREIGN}:role/Deploy` },
      { type: 'Service', id: 'lambda.amazonaws.com' },
      { type: 'Federated', id: GITHUB.Federated },
    ),
    accompanying: fc.constantFrom(false, false, true),
    externalId: fc.option(words),
    org: fc.option(fc.constantFrom('o-a', 'o-b', 'o-ab', 'o-axb', 'o-c')),
    tags: fc.option(fc.array(words, { minLength: 1, maxLength: 2 })),
    session: fc.option(words),
    sub: words,
    mfa: fc.option(fc.constantFrom('true', 'false')),
    age: fc.option(fc.constantFrom('60', '3599.7', '3600', '9000')),
    ip: fc.option(fc.constantFrom('203.0.113.10', '203.0.113.200', '198.51.100.1', '192.0.2.1')),
  })
  .map(({ principal, accompanying, externalId, org, tags, session, sub, mfa, age, ip }) => {
    const federated = principal.type === 'Federated'
    const isUser = principal.id.includes(':user/')
    const all = {
      'sts:ExternalId': externalId,
      'aws:PrincipalOrgID': org,
      'aws:TagKeys': tags,
      'sts:RoleSessionName': session,
      // Roles show no MFA, and there is an age only where it was used.
      'aws:MultiFactorAuthPresent': !isUser ? (mfa === 'true' ? null : mfa) : age === null ? mfa : 'true',
      'aws:MultiFactorAuthAge': isUser ? age : null,
      'aws:SourceIp': ip,
      'aws:userid': principal.id.includes(':user/') ? 'AIDAEXAMPLE' : 'AROAEXAMPLE:one',
      'aws:CurrentTime': '2026-11-20T00:00:00Z',
      'token.actions.githubusercontent.com:sub': federated ? sub : null,
      constructor: session,
      ['__proto__']: org,
    }
    const context = Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    )
    const assume = federated ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole'
    return { principal, action: accompanying ? 'sts:TagSession' : assume, context }
  })
