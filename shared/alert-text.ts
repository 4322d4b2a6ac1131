/** Alert → the JSON text that is sent. Pure. What fits is measured on this text, and on no other. */

import type { Alert } from './alert.ts'

// JSON.stringify leaves these two as they are, but SQS takes only XML's characters (SendMessage, API reference): behind raw
// delivery such a message would vanish. Escaped, the JSON means the same.
const UNFIT_FOR_XML = /[\ufffe\uffff]/g

export function alertText(alert: Alert): string {
  return JSON.stringify(alert).replace(UNFIT_FOR_XML, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
}
