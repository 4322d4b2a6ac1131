/** App Runner as far as Trustdrift reads it: DescribeService and ListServices, region by region. Stateful; its answers hold environment variables, as the real ones do. */

import { type Answer, type Call, jsonAnswer, jsonRefusal, type Refusal, type Service } from './wire.ts'

export interface FakeService {
  readonly arn: string
  readonly name: string
  readonly status: string
  readonly accessRoleArn?: string
  readonly instanceRoleArn?: string
}

/** Changes come from the test, not over the wire. */
export interface FakeAppRunner {
  readonly services: Map<string, FakeService>
  pageSize: number
  put(service: FakeService): FakeService
}

/** What must be seen nowhere. */
export const SECRET_VALUE = 'env-value-that-nobody-may-see'

export function fakeAppRunner(): FakeAppRunner {
  const services = new Map<string, FakeService>()
  return {
    services,
    pageSize: 10,
    put: (service) => {
      services.set(service.arn, service)
      return service
    },
  }
}

export function appRunnerService(state: FakeAppRunner): Service {
  return {
    throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    denied: { status: 400, code: 'AccessDeniedException', message: 'User is not authorized to perform this action' },
    refuse: jsonRefusal,
    act: (call) => (call.action === 'DescribeService' ? describeService(state, call) : listServices(state, call)),
  }
}

function describeService(state: FakeAppRunner, { json }: Call): Answer | Refusal {
  const service = state.services.get(String(json.ServiceArn))
  if (service === undefined)
    return { status: 400, code: 'ResourceNotFoundException', message: 'Service with the provided ARN does not exist' }
  return jsonAnswer({ Service: described(service) })
}

function listServices(state: FakeAppRunner, { json, region }: Call): Answer | Refusal {
  const start = Number(json.NextToken ?? 0)
  const all = [...state.services.values()].filter(({ arn }) => arn.split(':')[3] === region)
  const page = all.slice(start, start + state.pageSize)
  const more = start + page.length < all.length
  return jsonAnswer({
    ServiceSummaryList: page.map(({ arn, name, status }) => ({
      ServiceName: name,
      ServiceId: arn.split('/')[2],
      ServiceArn: arn,
      ServiceUrl: 'psbqam834h.us-east-2.awsapprunner.com',
      CreatedAt: 1_764_000_000,
      UpdatedAt: 1_764_000_000,
      Status: status,
    })),
    ...(more ? { NextToken: String(start + page.length) } : {}),
  })
}

function described({ arn, name, status, accessRoleArn, instanceRoleArn }: FakeService) {
  return {
    ServiceName: name,
    ServiceId: arn.split('/')[2],
    ServiceArn: arn,
    ServiceUrl: 'psbqam834h.us-east-2.awsapprunner.com',
    CreatedAt: 1_764_000_000,
    UpdatedAt: 1_764_000_000,
    Status: status,
    SourceConfiguration: {
      AutoDeploymentsEnabled: false,
      ...(accessRoleArn === undefined ? {} : { AuthenticationConfiguration: { AccessRoleArn: accessRoleArn } }),
      ImageRepository: {
        ImageIdentifier: '111122223333.dkr.ecr.us-east-2.amazonaws.com/my-app:latest',
        ImageRepositoryType: 'ECR',
        ImageConfiguration: { Port: '8080', RuntimeEnvironmentVariables: { DATABASE_PASSWORD: SECRET_VALUE } },
      },
    },
    InstanceConfiguration: {
      Cpu: '1024',
      Memory: '2048',
      ...(instanceRoleArn === undefined ? {} : { InstanceRoleArn: instanceRoleArn }),
    },
    AutoScalingConfigurationSummary: {
      AutoScalingConfigurationArn: 'arn:aws:apprunner:us-east-2:111122223333:autoscalingconfiguration/Default/1/0',
      AutoScalingConfigurationName: 'Default',
      AutoScalingConfigurationRevision: 1,
    },
    NetworkConfiguration: { EgressConfiguration: { EgressType: 'DEFAULT' } },
  }
}
