/** A deployed stack, and the command that looks at it: AWS, DynamoDB and Slack on the loopback address, the function as built. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { saveSweepState } from '../../shared/aws/memory-marks.ts'
import type { Check, Report } from '../../shared/doctor/check.ts'
import { instantOf } from '../../shared/identity.ts'
import type { SweepState } from '../../shared/ports.ts'
import { CREDENTIALS } from '../aws/dynamo.ts'
import type { FakeAws } from '../aws/server.ts'
import { OWN } from '../builders.ts'
import { type Ran, trustdrift } from '../command-line/trustdrift.ts'
import { type Built, SLACK_SECRET, startBuilt, TOPIC } from '../functions/built.ts'
import { deploy, physical, STACK, TABLE } from './deployed.ts'
import { type SlackWebApi, startSlackWebApi, TOKEN } from './slack-web-api.ts'

export const SEEDED: SweepState = {
  sweepId: 'sweep-1',
  first: false,
  next: null,
  done: true,
  startedAt: instantOf(Date.parse('2026-11-21T03:00:00Z')),
  watchingSince: instantOf(Date.parse('2026-11-20T12:02:00Z')),
  exceptions: null,
}

export interface Clinic {
  readonly aws: FakeAws
  readonly slack: SlackWebApi
  /** All well again. */
  heal(): Promise<void>
  sweepState(state: SweepState | null): Promise<void>
  /** Runs `trustdrift doctor` as its users do. */
  doctor(...args: readonly string[]): Promise<Ran>
  /** The same, and plays the deployed functions meanwhile. @param reaches the channels whose function works */
  attended(reaches: readonly string[], ...args: readonly string[]): Promise<Ran>
  close(): Promise<void>
}

export async function openClinic(): Promise<Clinic> {
  const built = await startBuilt('trust-change')
  const slack = await startSlackWebApi()
  const { aws } = built
  const channels = new Map([
    ['slack', built.beside('slack')],
    ['mail', built.beside('mail')],
  ])
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: built.dynamo.endpoint, region: 'us-east-1', credentials: CREDENTIALS }),
  )
  const sweepState = (state: SweepState | null) => seed(documents, state)
  const doctor = (...args: readonly string[]) =>
    trustdrift(['doctor', '--stack', STACK, ...args], {
      env: {
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      },
    })
  return {
    aws,
    slack,
    sweepState,
    doctor,
    heal: async () => {
      aws.reset()
      slack.reset()
      deploy(aws, { slackSecretArn: SLACK_SECRET, alertEmail: 'security@example.com' })
      aws.secrets.texts.set(SLACK_SECRET, JSON.stringify({ token: TOKEN, channel: 'C0123456789', api: slack.api }))
      aws.ssm.put('/trustdrift/10-notify', { notifyAt: 'low' })
      // So that a reader of the first page only is found out.
      aws.ssm.pageSize = 2
      await sweepState(SEEDED)
    },
    attended: async (reaches, ...args) => {
      const patient = doctor(...args)
      await play({ built, channels }, { reaches, until: patient })
      return patient
    },
    close: async () => {
      documents.destroy()
      await slack.close()
      await built.close()
    },
  }
}

/** The one check of this id. */
export function checkIn({ stdout }: Ran, id: string): Check {
  const report: Report = JSON.parse(stdout)
  const found = report.checks.filter((check) => check.id === id)
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`${found.length} checks are called ${id}`)
  return only
}

async function seed(documents: DynamoDBDocumentClient, state: SweepState | null): Promise<void> {
  const table = { documents, name: TABLE }
  if (state !== null) return saveSweepState(table, OWN, state)
  await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: `sweep#${OWN}`, sk: 'state' } }))
}

interface Functions {
  readonly built: Built
  readonly channels: ReadonlyMap<string, (body: string) => Promise<unknown>>
}

interface Played {
  readonly reaches: readonly string[]
  readonly until: Promise<unknown>
}

/** What comes into the entrance is handed to the built function, and what that publishes to the channels' built functions. */
async function play({ built, channels }: Functions, { reaches, until }: Played): Promise<void> {
  let running = true
  const ended = until.then(() => {
    running = false
  })
  let taken = 0
  while (running) {
    const arrived = built.aws.sqs.sent.slice(taken).filter(({ queueUrl }) => queueUrl === physical('TrustChangeQueue'))
    taken = built.aws.sqs.sent.length
    if (arrived.length > 0) await built.invoke(...arrived.map(({ body }) => body))
    const published = built.aws.sns.published.filter(({ topicArn }) => topicArn === TOPIC)
    if (arrived.length > 0)
      for (const { message } of published) for (const channel of reaches) await channels.get(channel)?.(message)
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))])
  }
}
