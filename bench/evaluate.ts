/** What one decision costs from the policy's text, over JSON.parse of that text. */

import { evaluateTrust } from '../shared/policy/evaluate.ts'
import type { Request } from '../shared/policy/request.ts'
import { type Figure, median } from './figure.ts'
import { perCall, warmUp } from './timing.ts'

const ROUNDS = 41

/** Statements, and the most that a decision may cost. */
const SIZES = [
  [1, 40],
  [5, 40],
  [20, 30],
] as const

export async function benchEvaluate(): Promise<readonly Figure[]> {
  return SIZES.map(([statements, most]) => benchSize(statements, most))
}

function benchSize(statements: number, most: number): Figure {
  const text = policyOf(statements)
  const whole = () => evaluateTrust(text, REQUEST)
  const { decision, because } = whole()
  // The last statement lets him in: everything before it was looked at.
  if (decision !== 'allow' || because[0] !== `statement ${statements} (S${statements}) allows it`)
    throw new Error(`the measured request is not decided by the last statement: ${because[0]}`)
  const parse = () => JSON.parse(text)
  // A second or two each, so that both are measured as compiled code.
  warmUp(whole, 200_000 / statements)
  warmUp(parse, 1_000_000 / statements)
  const rounds = Array.from({ length: ROUNDS }, () => [perCall(whole, 200), perCall(parse, 2_000)] as const)
  const [wholeUs, parseUs] = [median(rounds.map(([us]) => us)), median(rounds.map(([, us]) => us))]
  return {
    name: `parse a policy of ${statements} and decide one request, over JSON.parse of the policy`,
    measured: `${wholeUs.toFixed(1)} µs against ${parseUs.toFixed(2)} µs, warm, median of ${ROUNDS} rounds in turn, ${text.length} characters`,
    ratio: median(rounds.map(([a, b]) => a / b)),
    most,
  }
}

const REQUEST: Request = {
  principal: { type: 'AWS', id: 'arn:aws:sts::444455556666:assumed-role/Deploy/ci' },
  action: 'sts:AssumeRole',
  context: { 'sts:ExternalId': 'vendor-last', 'sts:RoleSessionName': 'ci', 'aws:MultiFactorAuthPresent': 'false' },
}

/** Statements of the kinds people write; the request passes each of them by, but for the last. */
function policyOf(statements: number): string {
  const others = Array.from({ length: statements - 1 }, (_, i) => KINDS[i % KINDS.length] ?? {})
  const Statement = [...others, vendor('vendor-last')].map((one, i) => ({ Sid: `S${i + 1}`, Effect: 'Allow', ...one }))
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

const ASSUME = { Action: 'sts:AssumeRole' }

function vendor(externalId: string): object {
  const Principal = { AWS: 'arn:aws:iam::444455556666:root' }
  return { ...ASSUME, Principal, Condition: { StringEquals: { 'sts:ExternalId': externalId } } }
}

const KINDS: readonly object[] = [
  vendor('vendor-6'),
  { ...ASSUME, Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] } },
  { ...ASSUME, Principal: { AWS: '*' }, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
  {
    ...ASSUME,
    Principal: { AWS: '*' },
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/teams-*' } },
  },
  {
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    Condition: {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/*' },
    },
  },
]
