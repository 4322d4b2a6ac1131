/** A secret's text by ARN, from Secrets Manager or an SSM SecureString; kept for a while. Refuses to know what is in it. */

import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm'
import type { SecretStore, SecretText } from '../channel/slack.ts'
import { ask, explain, failureOf, PortError } from './failure.ts'

const KEPT_MS = 5 * 60 * 1_000

export interface SecretClients {
  readonly secretsManager: SecretsManagerClient
  readonly ssm: SSMClient
}

/** The last text that was read serves as long as no other can be had. */
export function secretOf(clients: SecretClients, arn: string, clock: () => number): SecretStore {
  let kept: { readonly text: SecretText; readonly at: number } | null = null
  const fresh = async (): Promise<SecretText> => {
    const text = await readText(clients, arn)
    if (text.kind === 'text') kept = { text, at: clock() }
    return text
  }
  const recent = async (): Promise<SecretText> => {
    if (kept !== null && clock() - kept.at < KEPT_MS) return kept.text
    const text = await fresh()
    return text.kind === 'text' ? text : (kept?.text ?? text)
  }
  return { fresh, recent }
}

async function readText(clients: SecretClients, arn: string): Promise<SecretText> {
  try {
    return { kind: 'text', text: await (isParameter(arn) ? parameter(clients.ssm, arn) : secret(clients, arn)) }
  } catch (error) {
    const lasting = ['missing', 'refused'].includes(failureOf(error))
    return { kind: 'unreadable', again: lasting ? 'never' : 'later', why: explain('reading the Slack secret', error) }
  }
}

function isParameter(arn: string): boolean {
  return arn.split(':')[2] === 'ssm'
}

// GetParameter takes the ARN as the name: the ARN alone does not say whether a name begins with a slash.
async function parameter(ssm: SSMClient, arn: string): Promise<string> {
  const command = new GetParameterCommand({ Name: arn, WithDecryption: true })
  return textIn('SSM GetParameter', (await ask('SSM GetParameter', ssm.send(command))).Parameter?.Value)
}

async function secret({ secretsManager }: SecretClients, arn: string): Promise<string> {
  const answer = secretsManager.send(new GetSecretValueCommand({ SecretId: arn }))
  const { SecretString } = await ask('Secrets Manager GetSecretValue', answer)
  return textIn('Secrets Manager GetSecretValue', SecretString)
}

function textIn(call: string, text: string | undefined): string {
  if (text === undefined) throw new PortError('refused', `${call} found no text: the secret is binary or empty`)
  return text
}
