/** Which services use which roles, and whom those roles must trust: facts as data. Knows no account and judges nothing. */

export interface Workload {
  readonly id: string
  /** As people call the service. */
  readonly service: string
  /** What the role is to the service: `access role`. */
  readonly as: string
  /** Where DescribeService's answer, and the request of CreateService, name the role. */
  readonly field: readonly string[]
  /** The service principal that has to be able to assume the role. */
  readonly principal: string
  /** What becomes of the service without it; stands behind "service my-app in us-east-2:". */
  readonly without: string
  /** Operations that fail without it. Pausing and deleting a service assume neither role. */
  readonly operations: readonly string[]
}

const DEPLOYING = ['CreateService', 'UpdateService', 'Deployment', 'StartDeployment', 'ResumeService'] as const

/** Source: App Runner Developer Guide, "How App Runner works with IAM", access role and instance role. */
export const WORKLOADS = [
  {
    id: 'apprunner-access',
    service: 'App Runner',
    as: 'access role',
    field: ['SourceConfiguration', 'AuthenticationConfiguration', 'AccessRoleArn'],
    principal: 'build.apprunner.amazonaws.com',
    without: 'its next deployment will fail',
    operations: DEPLOYING,
  },
  {
    id: 'apprunner-instance',
    service: 'App Runner',
    as: 'instance role',
    field: ['InstanceConfiguration', 'InstanceRoleArn'],
    principal: 'tasks.apprunner.amazonaws.com',
    without: 'its next deployment will fail, and what runs loses its credentials',
    operations: DEPLOYING,
  },
] as const satisfies readonly Workload[]

export type WorkloadId = (typeof WORKLOADS)[number]['id']

export function workload(id: WorkloadId): Workload {
  const found = WORKLOADS.find((one) => one.id === id)
  if (found === undefined) throw new Error(`there is no workload ${id}`)
  return found
}

export function workloadId(text: unknown): WorkloadId | null {
  return WORKLOADS.find(({ id }) => id === text)?.id ?? null
}

/** The workloads in `RoleContext.workload`: one role may serve several, separated by commas. */
export function workloadsOf(text: string | undefined): readonly Workload[] {
  if (text === undefined) return []
  const ids = text.split(',').map((id) => workloadId(id.trim()))
  return ids.flatMap((id) => (id === null ? [] : [workload(id)]))
}
