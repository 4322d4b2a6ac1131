/** Versions and names for tests of memory: complete ones, of which a test says only what matters to it. */

import { accountId, eventId, instant, type Role, roleArn } from '../shared/identity.ts'
import type { Version, VersionKey } from '../shared/ports.ts'

export const OWN = account('111122223333')
export const OTHER = account('444455556666')
export const THIRD = account('999988887777')

export function account(digits: string) {
  return present(accountId(digits))
}

export function instantOf(text: string) {
  return present(instant(text))
}

export function roleOf(name: string, of = OWN): Role {
  return { account: of, name, arn: roleArn(`arn:aws:iam::${of}:role/path/${name}`) }
}

/** An announced, unsettled update at noon, but for what is given. */
export function versionOf({
  at = '2026-11-21T12:00:00Z',
  id = 'e-1',
  ...more
}: { readonly role: Role; readonly at?: string; readonly id?: string } & Partial<
  Omit<Version, keyof VersionKey>
>): Version {
  return {
    at: instantOf(at),
    eventId: present(eventId(id)),
    change: 'updated',
    document: '{"Statement":[]}',
    standing: 'announced',
    settled: false,
    judgedAgainst: [],
    actor: {
      type: 'AssumedRole',
      name: 'ana',
      arn: 'arn:aws:sts::111122223333:assumed-role/admin/ana',
      via: null,
      sourceIp: '198.51.100.7',
      userAgent: '',
      mfa: null,
    },
    evidence: { eventId: id, eventName: 'UpdateAssumeRolePolicy', region: 'us-east-1', source: 'cloudtrail' },
    ...more,
  }
}

export function present<T>(value: T | null): T {
  if (value === null) throw new Error('a test value is not of its form')
  return value
}
