/** STS and CloudFormation, as doctor asks them: whose credentials, and what the stack is made of. */

import {
  type CloudFormationClient,
  type Stack as Described,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation'
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts'
import type { Identity, Resource, Stack } from '../../doctor/stack.ts'
import { ask, PortError } from '../failure.ts'

/** @throws PortError: without an identity nothing can be asked */
export async function callerOf(sts: STSClient): Promise<Identity> {
  const { Account, Arn } = await ask('STS GetCallerIdentity', sts.send(new GetCallerIdentityCommand({})))
  if (!Account || !Arn) throw new PortError('broken', 'STS GetCallerIdentity answered without an account')
  return { account: Account, arn: Arn }
}

/** Null where there is no stack of that name. @throws PortError: without the stack's parts nothing of it can be asked */
export async function stackNamed(
  name: string,
  region: string,
  cloudformation: CloudFormationClient,
): Promise<Stack | null> {
  const described = await describe(name, cloudformation)
  if (described === null) return null
  const [, partition = '', , , account = ''] = (described.StackId ?? '').split(':')
  return {
    name: described.StackName ?? name,
    region,
    account,
    partition,
    status: described.StackStatus ?? 'unknown',
    parameters: Object.fromEntries(
      (described.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
    ),
    resources: await resourcesOf(name, cloudformation),
  }
}

async function describe(name: string, cloudformation: CloudFormationClient): Promise<Described | null> {
  try {
    const { Stacks = [] } = await ask(
      'CloudFormation DescribeStacks',
      cloudformation.send(new DescribeStacksCommand({ StackName: name })),
    )
    return Stacks[0] ?? null
  } catch (error) {
    if (error instanceof PortError && isNoSuchStack(error.cause)) return null
    throw error
  }
}

// CloudFormation has no error of its own for it: a ValidationError "Stack with id … does not exist".
function isNoSuchStack(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && / does not exist$/.test(error.message)
}

// DescribeStackResources ends after 100 resources without a word; the list has pages.
async function resourcesOf(name: string, client: CloudFormationClient): Promise<readonly Resource[]> {
  const resources: Resource[] = []
  const read = async () => {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: name })) {
      for (const { LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus } of StackResourceSummaries) {
        if (ResourceStatus === 'DELETE_COMPLETE') continue
        resources.push({
          logicalId: LogicalResourceId ?? '',
          physicalId: PhysicalResourceId ?? null,
          type: ResourceType ?? '',
          status: ResourceStatus ?? 'unknown',
        })
      }
    }
  }
  await ask('CloudFormation ListStackResources', read())
  return resources
}
