/** The text of Slack's secret, from Secrets Manager or SSM, as doctor asks for it. Refuses to know what stands in it. */

import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm'
import type { Answer } from '../../doctor/answer.ts'
import { answered } from './answered.ts'

export function secretAt(
  arn: string,
  { secrets, ssm }: { readonly secrets: SecretsManagerClient; readonly ssm: SSMClient },
): Promise<Answer<string>> {
  if (arn.split(':')[2] !== 'ssm') {
    const asked = secrets.send(new GetSecretValueCommand({ SecretId: arn }))
    return answered('Secrets Manager GetSecretValue', asked, ({ SecretString }) => SecretString ?? '')
  }
  const asked = ssm.send(new GetParameterCommand({ Name: arn, WithDecryption: true }))
  return answered('SSM GetParameter', asked, ({ Parameter }) => Parameter?.Value ?? '')
}
