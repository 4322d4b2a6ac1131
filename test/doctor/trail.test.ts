import { describe, expect, it } from 'vitest'
import type { Answer } from '../../shared/doctor/answer.ts'
import type { FieldSelector, Selectors, Trail } from '../../shared/doctor/trail.ts'
import { trailCheck } from '../../shared/doctor/trail.ts'

const stack = {
  name: 'trustdrift',
  region: 'us-east-1',
  account: '111122223333',
  partition: 'aws',
  status: 'UPDATE_COMPLETE',
  parameters: {},
  resources: [],
}

type Fields = Readonly<Record<string, Partial<Omit<FieldSelector, 'field'>>>>

function selector(fields: Fields): readonly FieldSelector[] {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] }
  return Object.entries(fields).map(([field, given]) => ({ ...none, field, ...given }))
}

function trail(selectors: Answer<Selectors>, logging: Answer<boolean> = { kind: 'known', value: true }): Trail {
  return {
    arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/t',
    name: 't',
    globalServices: true,
    ofOrganization: false,
    logging,
    selectors,
  }
}

function advanced(...selectors: readonly Fields[]): Trail {
  return trail({ kind: 'known', value: { basic: [], advanced: selectors.map(selector) } })
}

const check = (...trails: readonly Trail[]) => trailCheck({ kind: 'known', value: trails }, stack)

const MANAGEMENT = { eventCategory: { equals: ['Management'] } }

describe('advanced selectors', () => {
  it.each<[string, readonly Fields[], string]>([
    ['all management events', [MANAGEMENT], 'ok'],
    ['those that write', [{ ...MANAGEMENT, readOnly: { equals: ['false'] } }], 'ok'],
    ['those that read', [{ ...MANAGEMENT, readOnly: { equals: ['true'] } }], 'failed'],
    ['data events', [{ eventCategory: { equals: ['Data'] } }], 'failed'],
    ['data events, and management events in the second', [{ eventCategory: { equals: ['Data'] } }, MANAGEMENT], 'ok'],
    ['without KMS', [{ ...MANAGEMENT, eventSource: { notEquals: ['kms.amazonaws.com'] } }], 'ok'],
    ['without IAM', [{ ...MANAGEMENT, eventSource: { notEquals: ['iam.amazonaws.com'] } }], 'failed'],
    ['without what begins like IAM', [{ ...MANAGEMENT, eventSource: { notStartsWith: ['iam.'] } }], 'failed'],
    ['of EC2 alone', [{ ...MANAGEMENT, eventSource: { startsWith: ['ec2'] } }], 'failed'],
    ['of Amazon', [{ ...MANAGEMENT, eventSource: { endsWith: ['.amazonaws.com'] } }], 'ok'],
    ['not of Amazon', [{ ...MANAGEMENT, eventSource: { notEndsWith: ['.amazonaws.com'] } }], 'failed'],
    ['all but deletions', [{ ...MANAGEMENT, eventName: { notStartsWith: ['Delete'] } }], 'warned'],
    ['listings alone', [{ ...MANAGEMENT, eventName: { startsWith: ['List'] } }], 'failed'],
    [
      'of one caller alone',
      [{ ...MANAGEMENT, 'userIdentity.arn': { equals: ['arn:aws:iam::111122223333:user/a'] } }],
      'warned',
    ],
  ])('(%s)', (_, selectors, status) => {
    expect(check(advanced(...selectors)).status).toBe(status)
  })
})

describe('a stopped trail of another region', () => {
  it('is started where it is at home', () => {
    const whole = { kind: 'known', value: { basic: [], advanced: [selector(MANAGEMENT)] } } as const
    const arn = 'arn:aws:cloudtrail:us-west-2:111122223333:trail/t'
    const { remedy } = check({ ...trail(whole, { kind: 'known', value: false }), arn })
    expect(remedy?.commands).toEqual([`aws cloudtrail start-logging --region us-west-2 --name ${arn}`])
  })
})

describe('of several trails', () => {
  const whole = advanced(MANAGEMENT)
  const reads = advanced({ ...MANAGEMENT, readOnly: { equals: ['true'] } })
  const narrow = advanced({ ...MANAGEMENT, eventName: { equals: ['CreateRole'] } })
  const secret = trail({ kind: 'not-known', why: 'CloudTrail GetEventSelectors was denied' })
  const stopped = trail(
    { kind: 'known', value: { basic: [], advanced: [selector(MANAGEMENT)] } },
    { kind: 'known', value: false },
  )

  it.each<[string, readonly Trail[], string, boolean]>([
    ['one that logs all of it is enough', [reads, secret, whole], 'ok', true],
    ['a narrow one is better than none', [reads, narrow], 'warned', true],
    ['one that may not be looked at leaves it open', [reads, secret], 'failed', false],
    ['a stopped one is none', [stopped, reads], 'failed', true],
  ])('%s', (_, trails, status, known) => {
    expect(check(...trails)).toMatchObject({ status, known })
  })
})
