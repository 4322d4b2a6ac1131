/** SQS as far as Trustdrift uses it: SendMessage and ChangeMessageVisibility, recorded, and how full a queue is. Delivers to nobody. */

import { createHash } from 'node:crypto'
import { type Answer, type Call, jsonAnswer, jsonRefusal, type Refusal, type Service } from './wire.ts'

export interface Sent {
  readonly queueUrl: string
  readonly body: string
  readonly delaySeconds: number
  readonly attributes: Readonly<Record<string, string>>
}

export interface Hidden {
  readonly queueUrl: string
  readonly receipt: string
  readonly seconds: number
}

export interface FakeQueue {
  readonly arn: string
  waiting: number
  inHand: number
  delayed: number
}

export interface FakeSqs {
  /** By URL; only for GetQueueAttributes. */
  readonly queues: Map<string, FakeQueue>
  readonly sent: Sent[]
  readonly hidden: Hidden[]
}

export function fakeSqs(): FakeSqs {
  return { queues: new Map(), sent: [], hidden: [] }
}

export function sqsService(sqs: FakeSqs): Service {
  return {
    throttle: { status: 403, code: 'com.amazonaws.sqs#RequestThrottled', message: 'Rate exceeded' },
    denied: {
      status: 403,
      code: 'com.amazon.coral.service#AccessDeniedException',
      message: 'Access to the resource is denied.',
    },
    refuse: jsonRefusal,
    act: (call) => ACTS[call.action]?.(sqs, call) ?? send(sqs, call),
  }
}

type Act = (sqs: FakeSqs, call: Call) => Answer | Refusal

const ACTS: Readonly<Record<string, Act>> = { GetQueueAttributes: attributes, ChangeMessageVisibility: hide }

function attributes({ queues }: FakeSqs, { json }: Call): Answer | Refusal {
  const queue = queues.get(String(json.QueueUrl))
  if (queue === undefined)
    return { status: 400, code: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'The specified queue does not exist.' }
  const all: Readonly<Record<string, string>> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(queue.waiting),
    ApproximateNumberOfMessagesNotVisible: String(queue.inHand),
    ApproximateNumberOfMessagesDelayed: String(queue.delayed),
  }
  const names = Array.isArray(json.AttributeNames) ? json.AttributeNames.map(String) : []
  return jsonAnswer({ Attributes: Object.fromEntries(names.map((name) => [name, all[name]])) })
}

function send(sqs: FakeSqs, { json }: Call): Answer | Refusal {
  const { QueueUrl, MessageBody, DelaySeconds = 0 } = json
  if (typeof MessageBody !== 'string' || MessageBody === '') return invalid('MissingParameter', 'MessageBody')
  if (Buffer.byteLength(MessageBody) > 1_048_576) return invalid('InvalidParameterValue', 'MessageBody')
  if (typeof DelaySeconds !== 'number' || !(DelaySeconds >= 0 && DelaySeconds <= 900)) {
    return invalid('InvalidParameterValue', 'DelaySeconds must be >= 0 and <= 900')
  }
  const attributes = attributesOf(json.MessageAttributes)
  if (Object.values(attributes).includes('')) return invalid('InvalidParameterValue', 'MessageAttributes')
  sqs.sent.push({ queueUrl: String(QueueUrl), body: MessageBody, delaySeconds: DelaySeconds, attributes })
  const md5 = createHash('md5').update(MessageBody).digest('hex')
  return jsonAnswer({ MessageId: `message-${sqs.sent.length}`, MD5OfMessageBody: md5 })
}

function attributesOf(attributes: unknown): Readonly<Record<string, string>> {
  if (typeof attributes !== 'object' || attributes === null) return {}
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value.StringValue)]))
}

function hide(sqs: FakeSqs, { json }: Call): Answer | Refusal {
  const { QueueUrl, ReceiptHandle, VisibilityTimeout } = json
  if (typeof VisibilityTimeout !== 'number' || !(VisibilityTimeout >= 0 && VisibilityTimeout <= 43_200)) {
    return invalid('InvalidParameterValue', 'VisibilityTimeout must be between 0 and 43200')
  }
  sqs.hidden.push({ queueUrl: String(QueueUrl), receipt: String(ReceiptHandle), seconds: VisibilityTimeout })
  return jsonAnswer({})
}

function invalid(code: string, message: string): Refusal {
  return { status: 400, code: `com.amazonaws.sqs#${code}`, message }
}
