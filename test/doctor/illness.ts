/** What may be wrong with a stack, and how a test says so: one thing is spoilt, and one check must name it, with what to do. */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CheckStatus } from '../../shared/doctor/check.ts'
import { SLACK_SECRET } from '../functions/built.ts'
import { type Clinic, checkIn, openClinic } from './clinic.ts'
import { physical, STACK } from './deployed.ts'

/** What is spoilt; the check that names it, its status, what it found, and what it says to do. */
export type Illness = readonly [
  name: string,
  spoil: (clinic: Clinic) => unknown,
  id: string,
  status: CheckStatus,
  found: RegExp,
  todo: RegExp,
]

/** Each illness by itself, on a stack that is well otherwise. */
export function testEach(illnesses: readonly Illness[]): void {
  let clinic: Clinic
  beforeAll(async () => {
    clinic = await openClinic()
  })
  afterAll(() => clinic.close())
  beforeEach(() => clinic.heal())

  test.each(illnesses)('%s', async (_, spoil, id, status, found, todo) => {
    await spoil(clinic)
    const ran = await clinic.doctor('--no-test-alert', '--format', 'json')
    const check = checkIn(ran, id)
    expect(check.found).toMatch(found)
    expect(check.status).toBe(status)
    expect([check.remedy?.says, ...(check.remedy?.commands ?? [])].join('\n')).toMatch(todo)
    expect(ran).toMatchObject({ code: status === 'failed' ? 1 : 0, stderr: '' })
    expect(JSON.parse(ran.stdout).healthy).toBe(status !== 'failed')
  })
}

export const stackOf = ({ aws }: Clinic) => defined(aws.deployment.stacks.get(STACK))
export const ruleOf = ({ aws }: Clinic) => defined(aws.deployment.rules.get(physical('TrustChangeRule')))
export const queueOf = ({ aws }: Clinic, name: string) => defined(aws.sqs.queues.get(physical(name)))
export const trailOf = ({ aws }: Clinic) => defined(aws.cloudtrail.trails[0])
export const alarmOf = ({ aws }: Clinic, name: string) => defined(aws.deployment.alarms.get(physical(name)))
export const mailOf = ({ aws }: Clinic, endpoint: string) =>
  defined(aws.sns.subscriptions.find((subscription) => subscription.endpoint === endpoint))
export const mappingOf = ({ aws }: Clinic) =>
  defined(aws.deployment.mappings.find(({ uuid }) => uuid.endsWith('TrustChangeFunction')))
export const writeSecret = ({ aws }: Clinic, value: object) =>
  aws.secrets.texts.set(SLACK_SECRET, JSON.stringify(value))

export function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the healthy stack lacks what the test wants to spoil')
  return value
}
