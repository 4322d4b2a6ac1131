/** Whose credentials these are, and is the stack there, in the right region and whole? Pure. */

import { partitionOfRegion } from '../partition.ts'
import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Remedy, type Subject, skipped, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'

export interface Identity {
  readonly account: string
  readonly arn: string
}

export interface Resource {
  readonly logicalId: string
  /** Null while it is not made. */
  readonly physicalId: string | null
  /** `AWS::SQS::Queue`. */
  readonly type: string
  /** `CREATE_COMPLETE`. */
  readonly status: string
}

export interface Stack {
  readonly name: string
  readonly region: string
  readonly account: string
  readonly partition: string
  readonly status: string
  readonly parameters: Readonly<Record<string, string>>
  readonly resources: readonly Resource[]
}

/** Physical id of what the template calls so; null where the stack has none. */
export function physicalId(stack: Stack, logicalId: string): string | null {
  return stack.resources.find((resource) => resource.logicalId === logicalId)?.physicalId ?? null
}

export function ofType(stack: Stack, type: string): readonly Resource[] {
  return stack.resources.filter((resource) => resource.type === type)
}

/** For what somebody deleted by hand. */
export function madeAnew({ name }: Pick<Stack, 'name'>): Remedy {
  return toDo(
    `Somebody deleted it outside CloudFormation, which does not put it back by itself: delete stack ${name} and deploy it anew. The memory table stays (docs/deploy.md, "Remove").`,
  )
}

const IDENTITY: Subject = {
  id: 'identity',
  title: 'Credentials',
  why: 'Everything below is true of the account these credentials belong to.',
}

/** @param wanted the account given by hand */
export function identityCheck(identity: Identity, wanted: string | null): Check {
  const found = `account ${identity.account}, as ${identity.arn}`
  if (wanted === null || wanted === identity.account) return ok(IDENTITY, found)
  const remedy = toDo(`Choose credentials of account ${wanted} with --profile or AWS_PROFILE.`)
  return failed(IDENTITY, `${found}, but --account says ${wanted}`, remedy)
}

const REGION: Subject = {
  id: 'region',
  title: 'Home region of IAM',
  why: "CloudTrail's events about roles arrive in one region of each partition. A stack anywhere else never sees one, and looks healthy.",
}

export function regionCheck({ region, name }: Pick<Stack, 'region' | 'name'>): Check {
  const home = partitionOfRegion(region)?.home
  if (home === region) return ok(REGION, region)
  if (home === undefined) {
    return warned(
      REGION,
      `${region} belongs to a partition that this release does not know`,
      toDo("Ask AWS's documentation of that partition where IAM's CloudTrail events arrive."),
    )
  }
  return failed(
    REGION,
    `the stack is in ${region}; IAM's events arrive in ${home}`,
    toDo(
      `Deploy in ${home}, then delete this stack.`,
      `sam deploy --guided --region ${home}`,
      awsCommand({ region }, 'cloudformation delete-stack', { 'stack-name': name }),
    ),
  )
}

const STACK: Subject = {
  id: 'stack',
  title: 'Stack',
  why: 'Without the stack nobody watches the roles of this account.',
}

/** @param looked the regions in which there is no stack of that name */
export function noStackCheck(name: string, looked: readonly string[]): Check {
  const commands = looked.map((region) =>
    awsCommand({ region }, 'cloudformation describe-stacks', {
      query: 'Stacks[].[StackName,StackStatus]',
      output: 'text',
    }),
  )
  return failed(
    STACK,
    `there is no stack named ${name} in ${looked.join(' or ')}`,
    toDo('Look how the stack is called, or deploy it (docs/first-ten-minutes.md).', ...commands),
  )
}

/** What CloudFormation's states mean here. A state that is not listed is not good. */
const GOOD = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'])

export function stackCheck(stack: Stack): Check {
  const { name, status, resources } = stack
  const events = awsCommand(stack, 'cloudformation describe-stack-events', {
    'stack-name': name,
    query: 'StackEvents[?ends_with(ResourceStatus, `FAILED`)].[Timestamp,LogicalResourceId,ResourceStatusReason]',
    output: 'table',
  })
  if (GOOD.has(status)) return ok(STACK, `${name}: ${status}, ${resources.length} resources`)
  if (isNeverMade(stack)) return failed(STACK, `${name}: ${status}, nothing is deployed`, madeAgain(stack, events))
  if (status.endsWith('_IN_PROGRESS'))
    return warned(STACK, `${name}: ${status}`, toDo('CloudFormation is at work: run doctor again when it is done.'))
  if (status === 'UPDATE_ROLLBACK_COMPLETE') {
    const says = 'The last update failed and was undone: what runs is the version before. See why, and deploy again.'
    return warned(STACK, `${name}: ${status}`, toDo(says, events))
  }
  return failed(STACK, `${name}: ${status}`, toDo('See what failed, mend it, and deploy again.', events))
}

/** CloudFormation updates none of these: what is left of them goes first. */
function isNeverMade({ status }: Stack): boolean {
  return ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'].includes(status)
}

function madeAgain(stack: Stack, events: string): Remedy {
  return toDo(
    'See what failed (nothing, where the change set was only never executed) and mend it. Then delete this stack and deploy it anew: CloudFormation does not update it.',
    events,
    awsCommand(stack, 'cloudformation delete-stack', { 'stack-name': stack.name }),
    `sam deploy --guided --region ${stack.region}`,
  )
}

/** Without these there is nothing that could watch. */
const ESSENTIAL = ['TrustChangeRule', 'TrustChangeQueue', 'TrustChangeFunction', 'SweepQueue', 'SweepFunction']
const ALSO_ESSENTIAL = ['MemoryTable', 'AlertsTopic', 'OperationsTopic', 'SweepSchedule', 'HeartbeatSchedule']

const RESOURCES: Subject = {
  id: 'resources',
  title: 'Resources of the stack',
  why: 'Each part of the way from an event to a person is one of these.',
}

/** False for a stack that is somebody else's: nothing of it can be checked. */
export function isTrustdrift(stack: Stack): boolean {
  return ESSENTIAL.some((logicalId) => physicalId(stack, logicalId) !== null)
}

export function resourcesCheck(stack: Stack): Check {
  if (isNeverMade(stack)) return skipped(RESOURCES, 'the stack was never made')
  if (!isTrustdrift(stack)) {
    const says = "Give the name of Trustdrift's own stack."
    return failed(RESOURCES, `stack ${stack.name} holds nothing of Trustdrift`, toDo(says))
  }
  const absent = [...ESSENTIAL, ...ALSO_ESSENTIAL].filter((logicalId) => physicalId(stack, logicalId) === null)
  const unfinished = stack.resources.filter(({ status }) => !status.endsWith('_COMPLETE'))
  const faults = [
    ...absent.map((logicalId) => `${logicalId} is missing`),
    ...unfinished.map(({ logicalId, status }) => `${logicalId}: ${status}`),
  ]
  if (faults.length === 0) return ok(RESOURCES, `all ${stack.resources.length} are made`)
  if (stack.status.endsWith('_IN_PROGRESS'))
    return warned(RESOURCES, `not yet: ${faults.join('; ')}`, toDo('Wait until CloudFormation is done.'))
  return failed(RESOURCES, faults.join('; '), toDo('Deploy the stack again.', `sam deploy --region ${stack.region}`))
}

/** The checks of a stack that could be looked up, or of one that could not. */
export function stackChecks(
  stack: Answer<Stack>,
  asked: { readonly name: string; readonly looked: readonly string[] },
) {
  switch (stack.kind) {
    case 'missing':
      return [noStackCheck(asked.name, asked.looked)]
    case 'not-known':
      return [notKnown(STACK, stack)]
    case 'known':
      return [regionCheck(stack.value), stackCheck(stack.value), resourcesCheck(stack.value)]
    default:
      return stack satisfies never
  }
}
