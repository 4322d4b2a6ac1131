/** What judging a policy with all rules costs, over JSON.parse of its text: for one statement, for five and for twenty. */

import { checkTrust } from '../shared/check.ts'
import { type Figure, median } from './figure.ts'

const ROUNDS = 31
const MOST = 150

export async function benchCheck(): Promise<readonly Figure[]> {
  return [1, 5, 20].map(figureFor)
}

function figureFor(statements: number): Figure {
  const text = policyOf(statements)
  const about = {
    account: '111122223333',
    quota: 4096,
    organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] },
  }
  const check = () => checkTrust(text, about)
  if (check().problems.length > 0) throw new Error('the measured policy has problems: the figure would say nothing')
  const parse = () => JSON.parse(text)
  warmUp(check, Math.ceil(4_000 / statements))
  warmUp(parse, 100_000)
  const rounds = Array.from(
    { length: ROUNDS },
    () => [perCall(check, Math.ceil(60 / statements)), perCall(parse, 2_000)] as const,
  )
  const [checkUs, parseUs] = [median(rounds.map(([us]) => us)), median(rounds.map(([, us]) => us))]
  return {
    name: `check a policy of ${statements} ${statements === 1 ? 'statement' : 'statements'}, all rules, over JSON.parse of it`,
    measured: `${checkUs.toFixed(0)} µs against ${parseUs.toFixed(2)} µs, warm, median of ${ROUNDS} rounds in turn, ${text.length} characters`,
    ratio: median(rounds.map(([a, b]) => a / b)),
    most: MOST,
  }
}

/** Statements as real roles have them, no two alike. */
function policyOf(statements: number): string {
  const kinds = [
    (n: number) =>
      allow({ AWS: `arn:aws:iam::44445555${6600 + n}:root` }, { StringEquals: { 'sts:ExternalId': id(n) } }),
    (n: number) =>
      allow({
        Service: ['lambda', 'ecs-tasks', 'glue', 'states']
          .map((name) => `${name}.amazonaws.com`)
          .slice((n - 1) / 5)
          .slice(0, 1),
      }),
    (n: number) => allow({ AWS: `arn:aws:iam::111122223333:role/team/worker-${n}` }),
    (n: number) =>
      allow(
        { Service: 'scheduler.amazonaws.com' },
        { ArnLike: { 'aws:SourceArn': `arn:aws:scheduler:us-east-1:111122223333:schedule/night-${n}/*` } },
      ),
    (n: number) =>
      allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalTag/team': `t${n}` } }),
  ]
  const list = Array.from({ length: statements }, (_, n) => kinds[n % kinds.length]?.(n))
  return JSON.stringify({ Version: '2012-10-17', Statement: list })
}

function allow(principal: object, condition?: object) {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }) }
}

function id(n: number): string {
  return `0c9f7e52-41d8-4b6a-${1000 + n}`
}

function warmUp(act: () => unknown, times: number): void {
  for (let done = 0; done < times; done += 1) act()
}

/** Microseconds a call. */
function perCall(act: () => unknown, times: number): number {
  const start = performance.now()
  for (let done = 0; done < times; done += 1) act()
  return ((performance.now() - start) * 1000) / times
}
