import { describe, expect, it } from 'vitest'
import { signalOf } from '../../shared/signal.ts'
import { ACCOUNT, DOCUMENT, type Fields, record } from './record.ts'

function refusal(errorCode: unknown, changes: Fields = {}) {
  return signalOf(record({ errorCode, errorMessage: 'refused', ...changes }), 'hash')
}

describe('a refused call', () => {
  it.each([
    ['MalformedPolicyDocument', 'MalformedPolicyDocument'],
    ['MalformedPolicyDocumentException', 'MalformedPolicyDocument'],
    ['LimitExceeded', 'LimitExceeded'],
    ['LimitExceededException', 'LimitExceeded'],
    ['AccessDenied', 'AccessDenied'],
    ['AccessDeniedException', 'AccessDenied'],
  ])('with %s is told', (code, errorCode) => {
    expect(refusal(code)).toMatchObject({
      kind: 'trust-update-refused',
      attempted: 'update',
      role: { account: ACCOUNT, name: 'deployer', arn: null },
      document: DOCUMENT,
      errorCode,
      errorMessage: 'refused',
    })
  })

  it.each([
    'NoSuchEntityException',
    'Throttling',
    'EntityAlreadyExists',
    'ServiceFailure',
    'accessdenied',
    'Exception',
  ])('with %s is silent', (code) => {
    expect(refusal(code).kind).toBe('irrelevant')
  })

  it('to delete a role is silent, whatever the code', () => {
    expect(refusal('AccessDenied', { eventName: 'DeleteRole' }).kind).toBe('irrelevant')
  })

  it('with a code that is no text is not taken for a success', () => {
    expect(refusal(403)).toMatchObject({ kind: 'unreadable', role: { name: 'deployer' } })
  })

  it('with a message and no code is not taken for a success', () => {
    expect(refusal(null)).toMatchObject({ kind: 'unreadable' })
  })

  it('without a message keeps what it knows', () => {
    expect(refusal('LimitExceeded', { errorMessage: null })).toMatchObject({
      errorMessage: '',
      role: { name: 'deployer' },
    })
  })

  it('with an endless message is cut', () => {
    expect(refusal('AccessDenied', { errorMessage: 'x'.repeat(300_000) })).toMatchObject({
      errorMessage: 'x'.repeat(1024),
    })
  })
})

describe('a denied call without parameters', () => {
  const DENIED = `User: arn:aws:iam::${ACCOUNT}:user/bob is not authorized to perform: iam:CreateRole on resource:`
  const ARN = `arn:aws:iam::${ACCOUNT}:role/support/break-glass`
  it.each<[string, string | null, unknown]>([
    ['a bare name', `${DENIED} role deployer`, { account: ACCOUNT, name: 'deployer', arn: null }],
    ['a name and a reason', `${DENIED} role deploy.er because no policy allows it`, { name: 'deploy.er' }],
    ['an ARN with a path', `${DENIED} ${ARN} with an explicit deny`, { name: 'break-glass', arn: ARN }],
    ['an ARN at the end', `${DENIED} ${ARN}`, { name: 'break-glass', arn: ARN }],
    ['an ARN of China', `${DENIED} arn:aws-cn:iam::${ACCOUNT}:role/worker`, { name: 'worker' }],
    ["another account's role", `${DENIED} arn:aws:iam::444455556666:role/worker`, null],
    ['a pattern instead of a name', `${DENIED} arn:aws:iam::${ACCOUNT}:role/worker-*`, null],
    ['a user', `${DENIED} user bob`, null],
    ['no resource', 'Access denied', null],
    ['no message', null, null],
  ])('has its role from %s', (_, errorMessage, role) => {
    const signal = refusal('AccessDenied', { requestParameters: null, errorMessage })
    expect(signal).toMatchObject({ kind: 'trust-update-refused', role, document: null })
  })
})

it('a creation that was refused says so, with the document as submitted', () => {
  const requestParameters = { roleName: 'fresh', assumeRolePolicyDocument: '{' }
  expect(refusal('MalformedPolicyDocument', { eventName: 'CreateRole', requestParameters })).toMatchObject({
    attempted: 'create',
    role: { name: 'fresh' },
    document: '{',
  })
})
