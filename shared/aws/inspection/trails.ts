/** CloudTrail's trails that reach a region, as doctor asks for them. */

import {
  type AdvancedEventSelector,
  type CloudTrailClient,
  type Trail as Described,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail'
import type { Answer } from '../../doctor/answer.ts'
import type { BasicSelector, FieldSelector, Trail } from '../../doctor/trail.ts'
import { answered } from './answered.ts'

/** Those of other regions and of the organization too, where they log here. */
export async function trailsAt(client: CloudTrailClient): Promise<Answer<readonly Trail[]>> {
  const described = await answered(
    'CloudTrail DescribeTrails',
    client.send(new DescribeTrailsCommand({ includeShadowTrails: true })),
    ({ trailList = [] }) => trailList,
  )
  if (described.kind !== 'known') return described
  return { kind: 'known', value: await Promise.all(described.value.map((trail) => trailOf(trail, client))) }
}

// By ARN: a shadow or organization trail has no other name here.
async function trailOf({ TrailARN = '', Name = '', ...trail }: Described, client: CloudTrailClient): Promise<Trail> {
  const [logging, selectors] = await Promise.all([
    answered(
      'CloudTrail GetTrailStatus',
      client.send(new GetTrailStatusCommand({ Name: TrailARN })),
      ({ IsLogging }) => IsLogging === true,
    ),
    answered(
      'CloudTrail GetEventSelectors',
      client.send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
      ({ EventSelectors = [], AdvancedEventSelectors = [] }) => ({
        basic: EventSelectors.map(basic),
        advanced: AdvancedEventSelectors.map(advanced),
      }),
    ),
  ])
  return {
    arn: TrailARN,
    name: Name,
    globalServices: trail.IncludeGlobalServiceEvents !== false,
    ofOrganization: trail.IsOrganizationTrail === true,
    logging,
    selectors,
  }
}

function basic({
  ReadWriteType,
  IncludeManagementEvents,
  ExcludeManagementEventSources,
}: EventSelector): BasicSelector {
  return {
    readWrite: ReadWriteType ?? 'All',
    managementEvents: IncludeManagementEvents !== false,
    excludedSources: ExcludeManagementEventSources ?? [],
  }
}

function advanced({ FieldSelectors = [] }: AdvancedEventSelector): readonly FieldSelector[] {
  return FieldSelectors.map((selector) => ({
    field: selector.Field ?? '',
    equals: selector.Equals ?? [],
    startsWith: selector.StartsWith ?? [],
    endsWith: selector.EndsWith ?? [],
    notEquals: selector.NotEquals ?? [],
    notStartsWith: selector.NotStartsWith ?? [],
    notEndsWith: selector.NotEndsWith ?? [],
  }))
}
