/** A trust policy as IAM hands it out: URL-encoded (API, list-roles of older tools) or decoded (AWS CLI), text or JSON. Judges nothing. */

/**
 * JSON text. GetRole's answer is URL-encoded after RFC 3986 (IAM API reference, GetRole); the AWS CLI decodes it into JSON.
 * Text that is no valid encoding is handed on as it is: the policy's parser says what is wrong with it.
 */
export function documentText(document: unknown): string {
  if (typeof document !== 'string') return JSON.stringify(document)
  if (!/^\s*%(7B|5B|22|20|0A|09)/i.test(document)) return document
  try {
    return decodeURIComponent(document)
  } catch {
    return document
  }
}
