/** Amazon Resource Names and account ids, split into their parts. Knows nothing of policies. */

export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon. */
  readonly resource: string
}

/** Null when there are fewer than six fields or the first is not `arn`. */
export function parseArn(text: string): Arn | null {
  const fields = arnFields(text)
  if (fields === null || fields[0] !== 'arn') return null
  const [, partition = '', service = '', region = '', account = '', resource = ''] = fields
  return { partition, service, region, account, resource }
}

/** The six colon-separated fields; the sixth keeps its colons. */
export function arnFields(text: string): readonly string[] | null {
  const fields: string[] = []
  let from = 0
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(':', from)
    if (colon < 0) return null
    fields.push(text.slice(from, colon))
    from = colon + 1
  }
  fields.push(text.slice(from))
  return fields
}

export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** The name of a role or user: what stands behind the last slash of its resource. */
export function lastName(resource: string): string {
  return resource.slice(resource.lastIndexOf('/') + 1)
}
