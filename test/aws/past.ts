/** What only a backfill asks of AWS: which regions there are, and S3's objects. Knows no trail. */

import {
  type Answer,
  type Call,
  element,
  jsonAnswer,
  jsonRefusal,
  type Refusal,
  type Service,
  xmlRefusal,
} from './wire.ts'

export interface FakePast {
  readonly regions: string[]
  /** By `bucket/key`. */
  readonly objects: Map<string, Buffer>
}

export function fakePast(): FakePast {
  return { regions: ['us-east-1'], objects: new Map() }
}

const S3_PAGE = 2

/** Account and S3 are REST: what is called stands in the method and the path. Null for a call of neither. */
export function pastCall(method: string, url: string, state: FakePast): Omit<Call, 'region'> | null {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const path = decodeURIComponent(pathname.slice(1))
  if (method === 'POST' && path === 'listRegions')
    return { action: 'ListRegions', form: new URLSearchParams(), json: {} }
  const form = new URLSearchParams(searchParams)
  form.set('path', path.replace(/\/$/, ''))
  if (method === 'GET' && form.get('list-type') === '2') return { action: 'ListObjectsV2', form, json: {} }
  return method === 'GET' && state.objects.has(path) ? { action: 'GetObject', form, json: {} } : null
}

export function isOfPast({ action }: Call): boolean {
  return action === 'ListRegions' || action === 'ListObjectsV2' || action === 'GetObject'
}

export function pastService(state: FakePast, speaks: 'xml' | 'json'): Service {
  return {
    throttle: { status: 503, code: 'SlowDown', message: 'Reduce your request rate' },
    denied: {
      status: 403,
      code: speaks === 'xml' ? 'AccessDenied' : 'AccessDeniedException',
      message: 'Access Denied',
    },
    refuse: speaks === 'xml' ? s3Refusal : jsonRefusal,
    act: (call) => {
      if (call.action === 'ListRegions') return listRegions(state)
      return call.action === 'ListObjectsV2' ? listObjects(state, call) : getObject(state, call)
    },
  }
}

function s3Refusal(refusal: Refusal): Answer {
  const { body, ...rest } = xmlRefusal(refusal)
  return {
    ...rest,
    body: /<Code>.*<\/Message>/.exec(String(body))?.[0].replace(/^/, '<Error>').concat('</Error>') ?? '',
  }
}

function listRegions({ regions }: FakePast): Answer {
  return jsonAnswer({ Regions: regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED_BY_DEFAULT' })) })
}

function listObjects({ objects }: FakePast, { form }: Call): Answer {
  const bucket = form.get('path') ?? ''
  const keys = [...objects.keys()].filter((name) => name.startsWith(`${bucket}/${form.get('prefix') ?? ''}`)).sort()
  const start = Number(form.get('continuation-token') ?? 0)
  const page = keys.slice(start, start + S3_PAGE).map((name) => {
    const size = element('Size', String(objects.get(name)?.length ?? 0))
    return `<Contents>${element('Key', name.slice(bucket.length + 1))}${size}</Contents>`
  })
  const more = start + S3_PAGE < keys.length
  const next = more ? element('NextContinuationToken', String(start + S3_PAGE)) : ''
  const body = `<ListBucketResult>${page.join('')}${element('IsTruncated', String(more))}${next}</ListBucketResult>`
  return { status: 200, type: 'application/xml', body }
}

function getObject({ objects }: FakePast, { form }: Call): Answer | Refusal {
  const bytes = objects.get(form.get('path') ?? '')
  if (bytes === undefined) return { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' }
  return { status: 200, type: 'application/octet-stream', body: bytes }
}
