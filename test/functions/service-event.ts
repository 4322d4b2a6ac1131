/** App Runner's events as text, in both documented spellings, and CloudTrail's record of a refused call. */

export const ARN = 'arn:aws:apprunner:us-east-2:111122223333:service/my-app/8fe1e10304f84fd2b0df550fe98a71fa'

interface Parts {
  /** `HH:MM:SS` */
  readonly time: string
  readonly id?: string
  readonly arn?: string
  readonly account?: string
}

function enveloped(
  type: string,
  { time, id = `id-${time}`, arn = ARN, account = '111122223333' }: Parts,
  detail: object,
) {
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': type,
    source: 'aws.apprunner',
    account,
    time: `2026-11-21T${time}Z`,
    region: 'us-east-2',
    resources: [arn],
    detail,
  })
}

export function operationEvent(status: string, parts: Parts): string {
  return enveloped('AppRunner Service Operation Status Change', parts, {
    operationStatus: status,
    serviceName: (parts.arn ?? ARN).split('/')[1],
    serviceId: (parts.arn ?? ARN).split('/')[2],
    message: 'For details, see service logs.',
    severity: 'varies',
  })
}

export function statusEvent(status: string, parts: Parts): string {
  return enveloped('AppRunner Service Status Change', parts, {
    previousServiceStatus: 'OPERATION_IN_PROGRESS',
    currentServiceStatus: status,
    serviceName: (parts.arn ?? ARN).split('/')[1],
    serviceId: (parts.arn ?? ARN).split('/')[2],
    message: `Service status is set to ${status}.`,
    severity: 'INFO',
  })
}

export function capitalStatusEvent(status: string, parts: Parts): string {
  return enveloped('AppRunner Service Status Change', parts, {
    PreviousStatus: 'OPERATION_IN_PROGRESS',
    CurrentStatus: status,
    ServiceName: (parts.arn ?? ARN).split('/')[1],
    Message: `Service status is set to ${status}.`,
    Severity: 'INFO',
  })
}

export function refusedCall(call: string, { time, id = `call-${time}` }: Parts, more: object = {}): string {
  const detail = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/carol',
      accountId: '111122223333',
      userName: 'carol',
    },
    eventTime: `2026-11-21T${time}Z`,
    eventSource: 'apprunner.amazonaws.com',
    eventName: call,
    awsRegion: 'us-east-2',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.8',
    errorCode: 'InvalidRequestException',
    errorMessage: 'Error in assuming access role arn:aws:iam::111122223333:role/pull',
    requestParameters:
      call === 'CreateService'
        ? {
            serviceName: 'my-app',
            sourceConfiguration: {
              authenticationConfiguration: { accessRoleArn: 'arn:aws:iam::111122223333:role/pull' },
              imageRepository: {
                imageConfiguration: { runtimeEnvironmentVariables: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
              },
            },
            instanceConfiguration: { instanceRoleArn: 'arn:aws:iam::111122223333:role/run' },
          }
        : { serviceArn: ARN },
    responseElements: null,
    eventID: id,
    recipientAccountId: '111122223333',
    ...more,
  }
  return JSON.stringify({
    version: '0',
    id: `envelope-of-${id}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.apprunner',
    account: '111122223333',
    time: detail.eventTime,
    region: 'us-east-2',
    resources: [],
    detail,
  })
}
