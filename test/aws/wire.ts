/** A call and an answer on the wire, in AWS's two shapes: query with XML, and JSON. Knows no service. */

export interface Call {
  readonly action: string
  /** Parameters of a query call; empty for JSON. */
  readonly form: URLSearchParams
  /** Body of a JSON call; empty for query. */
  readonly json: Readonly<Record<string, unknown>>
  /** For which the call was signed; '' where it does not say. */
  readonly region: string
}

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
}

/** A refusal, whatever the protocol. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

export interface Service {
  /** What this service answers when it throttles. */
  readonly throttle: Refusal
  readonly denied: Refusal
  refuse(refusal: Refusal): Answer
  /** Acts. A Refusal is the service's own no. */
  act(call: Call): Answer | Refusal
}

export function isRefusal(answer: Answer | Refusal): answer is Refusal {
  return 'code' in answer
}

export function xmlAnswer(action: string, result: string): Answer {
  const metadata = '<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata>'
  const body = `<${action}Response><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`
  return { status: 200, type: 'text/xml', body }
}

export function xmlRefusal({ status, code, message }: Refusal): Answer {
  const error = `<Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error>`
  const body = `<ErrorResponse>${error}<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>`
  return { status, type: 'text/xml', body }
}

export function jsonAnswer(value: unknown): Answer {
  return { status: 200, type: 'application/x-amz-json-1.1', body: JSON.stringify(value) }
}

export function jsonRefusal({ status, code, message }: Refusal): Answer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) }
}

export function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
