import { describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { eventLink, roleLink } from '../../shared/render/console-link.ts'
import { sampleAlerts } from './sample-alerts.ts'

function alertIn(partition: string, region: string): Alert {
  const { opened } = sampleAlerts
  if (!opened) throw new Error('No sample alert')
  const role = { name: 'deploy', arn: `arn:${partition}:iam::111122223333:role/deploy` }
  return { ...opened, role, evidence: { ...opened.evidence, eventId: 'e-1', region } }
}

describe('where to look further', () => {
  it.each([
    ['aws', 'us-east-1', 'https://us-east-1.console.aws.amazon.com/'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
    ['aws-eusc', 'eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu/'],
  ])('the console of %s', (partition, region, begin) => {
    const alert = alertIn(partition, region)
    expect(eventLink(alert)).toBe(`${begin}cloudtrailv2/home?region=${region}#/events/e-1`)
    expect(roleLink(alert)).toBe(`${begin}iam/home#/roles/details/deploy?section=trust_relationships`)
    expect(eventLink({ ...alert, role: null })).toBe(eventLink(alert))
  })

  it('an isolated partition has no public console', () => {
    const alert = alertIn('aws-iso', 'us-iso-east-1')
    expect([eventLink(alert), roleLink(alert), eventLink({ ...alert, role: null })]).toEqual([null, null, null])
  })

  it('no link goes where an attacker says', () => {
    const alert = alertIn('aws', 'evil.example/#')
    expect(eventLink(alert)).toMatch(/^https:\/\/us-east-1\.console\.aws\.amazon\.com\//)
    expect(eventLink({ ...alert, role: null })).toBeNull()
    expect(roleLink({ ...alert, role: { name: '../../x?', arn: null } })).toBeNull()
    expect(eventLink({ ...alert, evidence: { ...alert.evidence, eventId: 'a/b' } })).toBeNull()
  })

  it('a role that is gone is nothing to look at', () => {
    expect(roleLink({ ...alertIn('aws', 'us-east-1'), inForce: 'gone' })).toBeNull()
    expect(roleLink({ ...alertIn('aws', 'us-east-1'), kind: 'role-deleted' })).toBeNull()
  })
})
