/** A service of its own for every test, with both its roles, in one account: functions as they ship, table and topic shared. */

import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { type Built, startBuilt } from './built.ts'
import { eventText } from './cloudtrail-event.ts'
import { operationEvent } from './service-event.ts'

export const BUILD = 'build.apprunner.amazonaws.com'
export const TASKS = 'tasks.apprunner.amazonaws.com'
export const taken = { batchItemFailures: [] }

export const roleArn = (role: string) => `arn:aws:iam::111122223333:role/${role}`

export function trusting(...services: readonly string[]): string {
  const Statement = services.map((Service) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }))
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

export function saysOf(alert: Alert | undefined): string {
  return (alert?.findings ?? []).map(({ says }) => says).join('\n')
}

export interface Story {
  readonly built: Built
  readonly trustChange: ReturnType<Built['beside']>
  readonly name: string
  readonly arn: string
  /** The access role's name. */
  readonly pull: string
  /** The instance role's name. */
  readonly run: string
  /** The service and both its roles, in order. */
  inOrder(): void
  operation(status: string, time: string, more?: object): string
  trustWritten(time: string, role: string, document: string): string
  /** Invokes with a batch of these events, and says what it told. */
  told(...events: readonly string[]): Promise<readonly Alert[]>
}

/** Starts the functions once for a test file; a new story for every test. */
export function stories(): () => Story {
  let world: Pick<Story, 'built' | 'trustChange'> | null = null
  let count = 0
  beforeAll(async () => {
    const built = await startBuilt('app-runner')
    world = { built, trustChange: built.beside('trust-change') }
  })
  afterAll(() => world?.built.close())
  beforeEach(() => {
    world?.built.aws.reset()
    count += 1
  })
  return () => {
    if (world === null) throw new Error('the functions are not started')
    return storyIn(world, count)
  }
}

function storyIn({ built, trustChange }: Pick<Story, 'built' | 'trustChange'>, count: number): Story {
  const name = `app-${count}`
  const arn = `arn:aws:apprunner:us-east-2:111122223333:service/${name}/8fe1e10304f84fd2b0df550fe98a71fa`
  const [pull, run] = [`pull-${count}`, `run-${count}`] as const
  return {
    built,
    trustChange,
    name,
    arn,
    pull,
    run,
    inOrder: () => {
      built.aws.iam.createRole(pull, trusting(BUILD))
      built.aws.iam.createRole(run, trusting(TASKS))
      const roles = { accessRoleArn: roleArn(pull), instanceRoleArn: roleArn(run) }
      built.aws.apprunner.put({ arn, name, status: 'RUNNING', ...roles })
    },
    operation: (status, time, more = {}) => operationEvent(status, { time, arn, ...more }),
    trustWritten: (time, role, document) =>
      eventText({ id: `${role}-${time.replaceAll(':', '')}`, time, role, document }),
    told: async (...events) => {
      const before = built.alerts().length
      expect(await built.invoke(...events)).toEqual(taken)
      return built.alerts().slice(before)
    },
  }
}
