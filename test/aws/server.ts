/**
 * A small AWS on one loopback port: IAM, App Runner, SNS, CloudTrail, SQS, SSM, secrets and what a stack is made of as stateful fakes, DynamoDB
 * passed on to dynalite. Real clients reach it by `AWS_ENDPOINT_URL`; every call can be made to fail. Checks no signatures.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { appRunnerService, type FakeAppRunner, fakeAppRunner } from './apprunner.ts'
import { cloudTrailService, type FakeCloudTrail, fakeCloudTrail } from './cloudtrail.ts'
import { deploymentService, type FakeDeployment, fakeDeployment, isOfDeployment, restCall } from './deployment.ts'
import { closed, listening } from './dynamo.ts'
import { type Fault, type Faults, faultPlan } from './faults.ts'
import { type FakeIam, fakeIam, iamService } from './iam.ts'
import { type FakePast, fakePast, isOfPast, pastCall, pastService } from './past.ts'
import { type FakeSecrets, fakeSecrets, secretsService } from './secrets.ts'
import { type FakeSns, fakeSns, snsService } from './sns.ts'
import { type FakeSqs, fakeSqs, sqsService } from './sqs.ts'
import { type FakeSsm, fakeSsm, ssmService } from './ssm.ts'
import { type FakeTable, fakeTable, tableAnswer } from './table.ts'
import { type Answer, type Call, isRefusal, jsonRefusal, type Refusal, type Service } from './wire.ts'

export interface FakeAws {
  readonly endpoint: string
  readonly apprunner: FakeAppRunner
  readonly iam: FakeIam
  readonly sns: FakeSns
  readonly cloudtrail: FakeCloudTrail
  readonly sqs: FakeSqs
  readonly secrets: FakeSecrets
  readonly deployment: FakeDeployment
  readonly past: FakePast
  readonly table: FakeTable
  readonly ssm: FakeSsm
  readonly faults: Faults
  /** How often the action was called, whatever came of it. */
  calls(action: string): number
  /** Every action that was called. */
  called(): readonly string[]
  /** Forgets state, faults and counts. DynamoDB's tables stay. */
  reset(): void
  close(): Promise<void>
}

/** @param dynamo endpoint that DynamoDB's calls are passed on to; without one they are refused */
export async function startFakeAws({ dynamo = null }: { readonly dynamo?: string | null } = {}): Promise<FakeAws> {
  const state = {
    apprunner: fakeAppRunner(),
    iam: fakeIam(),
    sns: fakeSns(),
    cloudtrail: fakeCloudTrail(),
    sqs: fakeSqs(),
    ssm: fakeSsm(),
    secrets: fakeSecrets(),
    deployment: fakeDeployment(),
    past: fakePast(),
    table: fakeTable(),
  }
  const faults = faultPlan()
  const counts = new Map<string, number>()
  const services = servicesOf(state)
  const server = createServer((request, response) => {
    answer({ services, faults, counts, dynamo, table: state.table, past: state.past }, request, response).catch(
      (error) => response.destroy(error),
    )
  })
  const endpoint = await listening(server)
  return {
    ...state,
    endpoint,
    faults,
    calls: (action) => counts.get(action) ?? 0,
    called: () => [...counts.keys()],
    reset: () => {
      state.apprunner.services.clear()
      state.apprunner.pageSize = 10
      state.iam.roles.clear()
      state.iam.ownPolicies.clear()
      state.iam.simulated.length = 0
      state.iam.pageSize = 1_000
      state.ssm.parameters.clear()
      state.ssm.pageSize = 10
      Object.assign(state.sns, { refusesValue: null, refusesSubject: null, refusesMessage: null })
      state.secrets.texts.clear()
      state.past.objects.clear()
      state.past.regions.splice(0, Number.POSITIVE_INFINITY, 'us-east-1')
      state.cloudtrail.shut.clear()
      const { sns, cloudtrail, sqs } = state
      for (const list of [sns.published, cloudtrail.events, sqs.sent, sqs.hidden]) list.length = 0
      faults.clear()
      counts.clear()
    },
    close: () => closed(server),
  }
}

type ServiceName =
  | 'apprunner'
  | 'iam'
  | 'sns'
  | 'cloudtrail'
  | 'sqs'
  | 'ssm'
  | 'secrets'
  | 'deployed'
  | 'deployedXml'
  | 'past'
  | 'pastXml'

function servicesOf(
  state: Omit<FakeAws, 'endpoint' | 'faults' | 'calls' | 'called' | 'reset' | 'close'>,
): Readonly<Record<ServiceName, Service>> {
  return {
    apprunner: appRunnerService(state.apprunner),
    iam: iamService(state.iam),
    sns: snsService(state.sns),
    cloudtrail: cloudTrailService(state.cloudtrail),
    sqs: sqsService(state.sqs),
    secrets: secretsService(state.secrets),
    deployed: deploymentService(state.deployment, 'json'),
    deployedXml: deploymentService(state.deployment, 'xml'),
    ssm: ssmService(state.ssm),
    past: pastService(state.past, 'json'),
    pastXml: pastService(state.past, 'xml'),
  }
}

interface Inside {
  readonly services: Readonly<Record<ServiceName, Service>>
  readonly faults: ReturnType<typeof faultPlan>
  readonly counts: Map<string, number>
  readonly dynamo: string | null
  readonly table: FakeTable
  readonly past: FakePast
}

async function answer(inside: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request)
  const target = String(request.headers['x-amz-target'] ?? '')
  const [method, url] = [request.method ?? '', request.url ?? '/']
  const rest = restCall(method, url) ?? pastCall(method, url, inside.past)
  const call = { ...(rest ?? callOf(target, body)), region: regionOf(request) }
  const service = serviceOf(inside, target, call)
  inside.counts.set(call.action, (inside.counts.get(call.action) ?? 0) + 1)
  const act = async (): Promise<Answer> => {
    if (service === null) return tableAnswer(call, inside.table, () => passOn(inside.dynamo, target, body))
    const result = service.act(call)
    return isRefusal(result) ? service.refuse(result) : result
  }
  await perform(inside.faults.take(call.action), service ?? DYNAMO, act, response)
}

async function perform(
  fault: Fault | null,
  service: Pick<Service, 'throttle' | 'denied' | 'refuse'>,
  act: () => Promise<Answer>,
  response: ServerResponse,
): Promise<void> {
  const refuse = (refusal: Refusal) => send(response, service.refuse(refusal))
  switch (fault?.kind) {
    case undefined:
      return send(response, await act())
    case 'error':
      return refuse({ status: fault.status, code: fault.code, message: 'as the test planned' })
    case 'throttle':
      return refuse(service.throttle)
    case 'denied':
      return refuse(service.denied)
    case 'answer':
      return send(response, { status: 200, type: 'text/plain', body: fault.body })
    case 'hang':
      return
    case 'drop':
      response.destroy()
      return
    case 'lose-answer':
      await act()
      response.destroy()
      return
    case 'slow': {
      const late = await act()
      setTimeout(() => send(response, late), fault.ms)
      return
    }
    default:
      throw new Error(`no such fault: ${JSON.stringify(fault satisfies never)}`)
  }
}

const DYNAMO: Pick<Service, 'throttle' | 'denied' | 'refuse'> = {
  throttle: { status: 400, code: 'com.amazon.coral.service#ThrottlingException', message: 'Rate exceeded' },
  denied: { status: 400, code: 'com.amazon.coral.service#AccessDeniedException', message: 'User is not authorized' },
  refuse: jsonRefusal,
}

// IAM and SNS speak the query protocol (`Action=…` in a form); CloudTrail, SQS, SSM and DynamoDB name the action in a header.
function callOf(target: string, body: string): Omit<Call, 'region'> {
  if (target !== '')
    return { action: target.split('.').at(-1) ?? '', form: new URLSearchParams(), json: JSON.parse(body) }
  const form = new URLSearchParams(body)
  return { action: form.get('Action') ?? '', form, json: {} }
}

/** A signature says for which region it was made. */
function regionOf(request: IncomingMessage): string {
  return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(request.headers.authorization))?.[1] ?? ''
}

/** Null for DynamoDB. */
function serviceOf({ services }: Inside, target: string, call: Call): Service | null {
  if (target.startsWith('DynamoDB_')) return null
  if (target.includes('CloudTrail_')) return services.cloudtrail
  if (target.startsWith('AppRunner.')) return services.apprunner
  if (target.startsWith('AmazonSQS.')) return services.sqs
  if (target.startsWith('secretsmanager.') || target === 'AmazonSSM.GetParameter') return services.secrets
  if (isOfPast(call)) return call.action === 'ListRegions' ? services.past : services.pastXml
  if (isOfDeployment(call)) return call.form.has('Version') ? services.deployedXml : services.deployed
  const { form } = call
  if (target.startsWith('AmazonSSM.')) return services.ssm
  if (form.get('Version') === '2010-05-08') return services.iam
  if (form.get('Version') === '2010-03-31') return services.sns
  throw new Error(`the fake AWS does not know the call ${target || form}`)
}

async function passOn(dynamo: string | null, target: string, body: string): Promise<Answer> {
  if (dynamo === null) throw new Error('the fake AWS was started without DynamoDB')
  const type = 'application/x-amz-json-1.0'
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0'
  const headers = { 'content-type': type, 'x-amz-target': target, 'x-amz-date': '20261121T000000Z', authorization }
  const answer = await fetch(dynamo, { method: 'POST', headers, body })
  return { status: answer.status, type, body: await answer.text() }
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
