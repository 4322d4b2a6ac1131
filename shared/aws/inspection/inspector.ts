/** AWS and Slack as the port `Inspector`. Wiring only: each service has a file of its own. */

import { parseSlackSecret } from '../../channel/slack-secret.ts'
import type { Inspector } from '../../doctor/inspector.ts'
import type { SlackFacts } from '../../doctor/slack.ts'
import type { Marks } from '../../doctor/way.ts'
import type { AccountId } from '../../identity.ts'
import { parametersUnder } from '../configuration.ts'
import type { Table } from '../table.ts'
import { alarmsNamed } from './alarms.ts'
import { answered } from './answered.ts'
import type { Clients } from './clients.ts'
import { mappingsOf, queueAt, sendTo, subscriptionsTo } from './messages.ts'
import { ruleNamed, scheduleNamed } from './rules.ts'
import { secretAt } from './secret.ts'
import { askSlack } from './slack.ts'
import { tableNamed, wasDelivered, wasTold } from './table.ts'
import { trailsAt } from './trails.ts'

export function inspectorOf(clients: Clients, account: AccountId): Inspector {
  return {
    trails: () => trailsAt(clients.cloudtrail),
    rule: (name, samples) => ruleNamed(name, samples, clients.eventbridge),
    mappings: (functionName) => mappingsOf(functionName, clients.lambda),
    queue: (url) => queueAt(url, clients.sqs),
    table: (name) => tableNamed(name, account, clients),
    marks: (name) => marksOf({ documents: clients.documents, name }),
    configuration: (path) =>
      answered('SSM GetParametersByPath', parametersUnder(clients.ssm, path), (merged) => merged),
    slack: (arn) => slackAt(arn, clients),
    subscriptions: (topicArn) => subscriptionsTo(topicArn, clients.sns),
    alarms: (names) => alarmsNamed(names, clients.cloudwatch),
    schedule: (name, group) => scheduleNamed(name, group, clients.scheduler),
    send: (url, body) => sendTo(url, body, clients.sqs),
  }
}

function marksOf(table: Table): Marks {
  return {
    told: (alertId) => wasTold(table, alertId),
    delivered: (channel, alertId) => wasDelivered(table, channel, alertId),
  }
}

/** The secret itself stays in here: facts carry what was found of it. */
async function slackAt(arn: string, clients: Clients): Promise<SlackFacts> {
  const text = await secretAt(arn, clients)
  if (text.kind !== 'known') return { arn, secret: text, replies: null }
  const reading = parseSlackSecret(text.value)
  if (reading.kind === 'fault')
    return { arn, secret: { kind: 'known', value: { kind: 'fault', why: reading.why } }, replies: null }
  const { secret } = reading
  if (secret.kind === 'webhook') return { arn, secret: { kind: 'known', value: { kind: 'webhook' } }, replies: null }
  const auth = await askSlack('auth.test', {}, secret)
  const room = auth.kind === 'ok' ? await askSlack('conversations.info', { channel: secret.channel }, secret) : auth
  return { arn, secret: { kind: 'known', value: { kind: 'token' } }, replies: { auth, room } }
}
