/**
 * What a stack is made of, as far as doctor looks at it: CloudFormation, EventBridge, Lambda, Scheduler, CloudWatch and
 * STS over one state that the test changes as it likes. Knows no template.
 */

import { matches } from '../template/pattern.ts'
import {
  type Answer,
  type Call,
  element,
  jsonAnswer,
  jsonRefusal,
  type Refusal,
  type Service,
  xmlAnswer,
  xmlRefusal,
} from './wire.ts'

export interface FakeResource {
  readonly logicalId: string
  physicalId: string
  readonly type: string
  status: string
}

export interface FakeStack {
  readonly id: string
  status: string
  readonly parameters: Map<string, string>
  readonly resources: FakeResource[]
}

export interface FakeDeployment {
  account: string
  /** By name. */
  readonly stacks: Map<string, FakeStack>
  readonly rules: Map<string, { state: string; pattern: string; targets: string[] }>
  readonly mappings: { readonly uuid: string; readonly functionName: string; source: string; state: string }[]
  readonly functions: Set<string>
  readonly schedules: Map<string, { readonly group: string; state: string }>
  readonly alarms: Map<string, { state: string; actions: boolean }>
}

export function fakeDeployment(): FakeDeployment {
  return {
    account: '111122223333',
    stacks: new Map(),
    rules: new Map(),
    mappings: [],
    functions: new Set(),
    schedules: new Map(),
    alarms: new Map(),
  }
}

type Act = (state: FakeDeployment, call: Call) => Answer | Refusal

const ACTS: Readonly<Record<string, Act>> = {
  GetCallerIdentity: callerIdentity,
  DescribeStacks: describeStacks,
  ListStackResources: listStackResources,
  DescribeRule: describeRule,
  ListTargetsByRule: listTargets,
  TestEventPattern: testEventPattern,
  ListEventSourceMappings: listMappings,
  GetSchedule: getSchedule,
  DescribeAlarms: describeAlarms,
}

/** True for the calls that this file answers. */
export function isOfDeployment({ action }: Call): boolean {
  return Object.hasOwn(ACTS, action)
}

export function deploymentService(state: FakeDeployment, speaks: 'xml' | 'json'): Service {
  return {
    throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    denied: {
      status: 403,
      code: speaks === 'xml' ? 'AccessDenied' : 'AccessDeniedException',
      message: 'User is not authorized',
    },
    refuse: speaks === 'xml' ? xmlRefusal : jsonRefusal,
    act: (call) => ACTS[call.action]?.(state, call) ?? refused('UnknownOperationException', call.action),
  }
}

/** Lambda and Scheduler are REST: the action is in the method and the path. Null for a call that is not. */
export function restCall(method: string, url: string): Omit<Call, 'region'> | null {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const [, first = '', second = ''] = pathname.split('/').map(decodeURIComponent)
  const form = new URLSearchParams(searchParams)
  if (method === 'GET' && first === '2015-03-31' && second === 'event-source-mappings')
    return { action: 'ListEventSourceMappings', form, json: {} }
  if (method !== 'GET' || first !== 'schedules') return null
  form.set('Name', second)
  return { action: 'GetSchedule', form, json: {} }
}

function callerIdentity({ account }: FakeDeployment): Answer {
  const arn = `arn:aws:sts::${account}:assumed-role/Operator/alice`
  return xmlAnswer(
    'GetCallerIdentity',
    element('Arn', arn) + element('UserId', 'AROAEXAMPLE:alice') + element('Account', account),
  )
}

function stackOf({ stacks }: FakeDeployment, { form }: Call): FakeStack | Refusal {
  const name = form.get('StackName') ?? ''
  return stacks.get(name) ?? refused('ValidationError', `Stack with id ${name} does not exist`)
}

function describeStacks(state: FakeDeployment, call: Call): Answer | Refusal {
  const stack = stackOf(state, call)
  if ('code' in stack) return stack
  const parameters = [...stack.parameters].map(
    ([key, value]) => `<member>${element('ParameterKey', key)}${element('ParameterValue', value)}</member>`,
  )
  const described = [
    element('StackId', stack.id),
    element('StackName', call.form.get('StackName') ?? ''),
    element('CreationTime', '2026-11-20T00:00:00Z'),
    element('StackStatus', stack.status),
    `<Parameters>${parameters.join('')}</Parameters>`,
  ]
  return xmlAnswer('DescribeStacks', `<Stacks><member>${described.join('')}</member></Stacks>`)
}

/** Fifty at a time, so that a reader of the first page only is found out. */
function listStackResources(state: FakeDeployment, call: Call): Answer | Refusal {
  const stack = stackOf(state, call)
  if ('code' in stack) return stack
  const from = Number(call.form.get('NextToken') ?? 0)
  const members = stack.resources
    .slice(from, from + 50)
    .map((each) =>
      [
        element('LogicalResourceId', each.logicalId),
        element('PhysicalResourceId', each.physicalId),
        element('ResourceType', each.type),
        element('LastUpdatedTimestamp', '2026-11-20T00:00:00Z'),
        element('ResourceStatus', each.status),
      ].join(''),
    )
    .map((fields) => `<member>${fields}</member>`)
  const next = from + 50 < stack.resources.length ? element('NextToken', String(from + 50)) : ''
  return xmlAnswer('ListStackResources', `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>${next}`)
}

function describeRule({ rules }: FakeDeployment, { json }: Call): Answer | Refusal {
  const rule = rules.get(String(json.Name))
  if (rule === undefined) return refused('ResourceNotFoundException', `Rule ${json.Name} does not exist.`)
  return jsonAnswer({ Name: json.Name, State: rule.state, EventPattern: rule.pattern })
}

function listTargets({ rules }: FakeDeployment, { json }: Call): Answer | Refusal {
  const rule = rules.get(String(json.Rule))
  if (rule === undefined) return refused('ResourceNotFoundException', `Rule ${json.Rule} does not exist.`)
  return jsonAnswer({ Targets: rule.targets.map((Arn, index) => ({ Id: String(index), Arn })) })
}

/** EventBridge asks for these fields of an event (API reference, TestEventPattern). */
const NEEDED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type']

function testEventPattern(_: FakeDeployment, { json }: Call): Answer | Refusal {
  const event = JSON.parse(String(json.Event))
  const missing = NEEDED.find((field) => event[field] === undefined)
  if (missing !== undefined) return refused('InvalidEventPatternException', `the event has no ${missing}`)
  return jsonAnswer({ Result: matches(JSON.parse(String(json.EventPattern)), event) })
}

function listMappings({ mappings, functions }: FakeDeployment, { form }: Call): Answer | Refusal {
  const name = form.get('FunctionName') ?? ''
  if (!functions.has(name)) return { status: 404, code: 'ResourceNotFoundException', message: 'Function not found' }
  const own = mappings.filter(({ functionName }) => functionName === name)
  return jsonAnswer({
    EventSourceMappings: own.map(({ uuid, source, state }) => ({ UUID: uuid, EventSourceArn: source, State: state })),
  })
}

function getSchedule({ schedules }: FakeDeployment, { form }: Call): Answer | Refusal {
  const schedule = schedules.get(form.get('Name') ?? '')
  if (schedule === undefined || schedule.group !== form.get('groupName'))
    return { status: 404, code: 'ResourceNotFoundException', message: 'Schedule does not exist.' }
  return jsonAnswer({ Name: form.get('Name'), GroupName: schedule.group, State: schedule.state })
}

function describeAlarms({ alarms }: FakeDeployment, { json }: Call): Answer {
  const names = Array.isArray(json.AlarmNames) ? json.AlarmNames.map(String) : []
  const found = names.flatMap((name) => {
    const alarm = alarms.get(name)
    return alarm ? [{ AlarmName: name, StateValue: alarm.state, ActionsEnabled: alarm.actions }] : []
  })
  return jsonAnswer({ MetricAlarms: found })
}

function refused(code: string, message: string): Refusal {
  return { status: 400, code, message }
}
