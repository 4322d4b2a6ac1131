/** SNS as far as Trustdrift uses it: Publish, with the refusals that cost people alerts, and who is subscribed. Delivers to nobody. */

import { type Answer, type Call, element, type Refusal, type Service, xmlAnswer, xmlRefusal } from './wire.ts'

export interface Published {
  readonly topicArn: string
  readonly message: string
  readonly subject: string | null
  readonly attributes: Readonly<Record<string, string>>
}

export interface FakeSubscription {
  readonly topicArn: string
  /** Or `PendingConfirmation`. */
  arn: string
  readonly protocol: string
  readonly endpoint: string
  authenticated: boolean
}

export interface FakeSns {
  readonly subscriptions: FakeSubscription[]
  readonly published: Published[]
  /** A value some later SNS might refuse: attributes that hold it are refused. */
  refusesValue: RegExp | null
  /** The same for subjects, beside those it refuses today. */
  refusesSubject: RegExp | null
  /** The same for whole messages. */
  refusesMessage: RegExp | null
}

export function fakeSns(): FakeSns {
  return { subscriptions: [], published: [], refusesValue: null, refusesSubject: null, refusesMessage: null }
}

export function snsService(sns: FakeSns): Service {
  return {
    throttle: { status: 400, code: 'Throttled', message: 'Rate exceeded' },
    denied: { status: 403, code: 'AuthorizationError', message: 'User is not authorized to perform: SNS:Publish' },
    refuse: xmlRefusal,
    act: (call) => act(sns, call),
  }
}

function act(sns: FakeSns, call: Call): Answer | Refusal {
  if (call.action === 'ListSubscriptionsByTopic') return subscriptions(sns, call)
  if (call.action === 'GetSubscriptionAttributes') return subscriptionAttributes(sns, call)
  return publish(sns, call)
}

/** Two at a time. */
function subscriptions(sns: FakeSns, { form }: Call): Answer {
  const from = Number(form.get('NextToken') ?? 0)
  const all = sns.subscriptions.filter(({ topicArn }) => topicArn === form.get('TopicArn'))
  const members = all.slice(from, from + 2).map(({ topicArn, arn, protocol, endpoint }) => {
    const fields = {
      TopicArn: topicArn,
      SubscriptionArn: arn,
      Protocol: protocol,
      Endpoint: endpoint,
      Owner: '111122223333',
    }
    return `<member>${Object.entries(fields)
      .map(([name, value]) => element(name, value))
      .join('')}</member>`
  })
  const next = from + 2 < all.length ? element('NextToken', String(from + 2)) : ''
  return xmlAnswer('ListSubscriptionsByTopic', `<Subscriptions>${members.join('')}</Subscriptions>${next}`)
}

function subscriptionAttributes(sns: FakeSns, { form }: Call): Answer | Refusal {
  const found = sns.subscriptions.find(({ arn }) => arn === form.get('SubscriptionArn'))
  if (found === undefined) return { status: 404, code: 'NotFound', message: 'Subscription does not exist' }
  const entry = element('key', 'ConfirmationWasAuthenticated') + element('value', String(found.authenticated))
  return xmlAnswer('GetSubscriptionAttributes', `<Attributes><entry>${entry}</entry></Attributes>`)
}

function publish(sns: FakeSns, { form }: Call): Answer | Refusal {
  const attributes = attributesOf(form)
  const message = form.get('Message') ?? ''
  const fault = faultOf(sns, message, attributes) ?? subjectFault(sns, form.get('Subject'))
  if (fault !== null) return fault
  sns.published.push({
    topicArn: form.get('TopicArn') ?? '',
    message,
    subject: form.get('Subject'),
    attributes: Object.fromEntries(attributes),
  })
  return xmlAnswer(
    'Publish',
    element('MessageId', `00000000-0000-4000-8000-${String(sns.published.length).padStart(12, '0')}`),
  )
}

function attributesOf(form: URLSearchParams): readonly (readonly [string, string])[] {
  const attributes: [string, string][] = []
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const at = `MessageAttributes.entry.${index}`
    attributes.push([form.get(`${at}.Name`) ?? '', form.get(`${at}.Value.StringValue`) ?? ''])
  }
  return attributes
}

function faultOf(sns: FakeSns, message: string, attributes: readonly (readonly [string, string])[]): Refusal | null {
  if (sns.refusesMessage?.test(message)) return invalid('InvalidParameter', 'Invalid parameter: Message')
  if (message === '') return invalid('InvalidParameter', 'Invalid parameter: Empty message')
  const size = attributes.reduce(
    (sum, [name, value]) => sum + bytes(name) + bytes('String') + bytes(value),
    bytes(message),
  )
  if (size > 262_144) return invalid('InvalidParameter', 'Invalid parameter: Message too long')
  const refused = attributes.find(([, value]) => value === '' || /\p{Cc}/u.test(value) || sns.refusesValue?.test(value))
  if (refused === undefined) return null
  return invalid('ParameterValueInvalid', `The message attribute '${refused[0]}' has an invalid value.`)
}

/** At most 100 characters, one line, nothing that does not print (SNS API reference, Publish). */
function subjectFault(sns: FakeSns, subject: string | null): Refusal | null {
  if (subject === null) return null
  const fits = subject !== '' && subject.length <= 100 && !/\p{Cc}/u.test(subject)
  return fits && !sns.refusesSubject?.test(subject) ? null : invalid('InvalidParameter', 'Invalid parameter: Subject')
}

function invalid(code: string, message: string): Refusal {
  return { status: 400, code, message }
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
