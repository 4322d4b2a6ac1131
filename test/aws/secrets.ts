/** Secrets Manager and SSM's SecureStrings as far as Trustdrift uses them: one text under one ARN. Checks no permissions. */

import { type Answer, type Call, jsonAnswer, jsonRefusal, type Refusal, type Service } from './wire.ts'

export interface FakeSecrets {
  /** Texts by ARN; null: there, but binary. */
  readonly texts: Map<string, string | null>
}

export function fakeSecrets(): FakeSecrets {
  return { texts: new Map() }
}

export function secretsService(secrets: FakeSecrets): Service {
  return {
    throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    denied: { status: 400, code: 'AccessDeniedException', message: 'User is not authorized' },
    refuse: jsonRefusal,
    act: (call) => (call.action === 'GetParameter' ? parameter(secrets, call) : secret(secrets, call)),
  }
}

function secret({ texts }: FakeSecrets, { json }: Call): Answer | Refusal {
  const text = texts.get(String(json.SecretId))
  if (text === undefined) return { status: 400, code: 'ResourceNotFoundException', message: "can't find the secret" }
  return jsonAnswer(text === null ? { ARN: json.SecretId } : { ARN: json.SecretId, SecretString: text })
}

function parameter({ texts }: FakeSecrets, { json }: Call): Answer | Refusal {
  const text = texts.get(String(json.Name))
  if (text === undefined) return { status: 400, code: 'ParameterNotFound', message: 'not found' }
  // Without decryption SSM answers with the cipher text.
  const value = json.WithDecryption === true ? text : 'AQICAHh-cipher'
  return jsonAnswer({ Parameter: { ARN: json.Name, Type: 'SecureString', Value: value } })
}
