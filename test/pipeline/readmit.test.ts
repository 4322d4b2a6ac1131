/** Laws of the command that lets a service in again: it admits exactly that service beside what is there, or it is what was there before. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { readmitting } from '../../shared/readmit.ts'
import { documentAssumable } from '../../shared/workloads/assumable.ts'
import { policies } from '../policy/generated.ts'

const BUILD = 'build.apprunner.amazonaws.com'
const about = { account: '111122223333' }
const circumstances = { account: '111122223333' }

function readmitted(document: string, before: string | null = null): string | null {
  const version = before === null ? null : ({ document: before, change: 'updated', actor: null } as const)
  const repair = readmitting({ roleName: 'pull', principal: BUILD, document, before: version, about, circumstances })
  return repair === null
    ? null
    : (/--policy-document '(.*)'$/s.exec(repair.command)?.[1]?.replaceAll("'\\''", "'") ?? '')
}

const statement = (more: object) => ({
  Effect: 'Allow',
  Principal: { Service: BUILD },
  Action: 'sts:AssumeRole',
  ...more,
})
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const EC2 = statement({ Principal: { Service: 'ec2.amazonaws.com' } })
const DENY = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }

describe('whatever the policy is', () => {
  test('the proposal lets the service in, takes nobody out, lets in nobody else, and IAM takes it', () => {
    let proposals = 0
    fc.assert(
      fc.property(policies, (statements) => {
        const document = policy(...statements)
        const proposed = readmitted(document)
        if (proposed === null) return
        proposals += 1
        expect(documentAssumable(document, BUILD, circumstances)).not.toBe('yes')
        expect(documentAssumable(proposed, BUILD, circumstances)).toBe('yes')
        expect(parseTrust(proposed).problems).toEqual([])
        const { gained, lost, undecided } = compareTrust(document, proposed, about)
        expect({ lost, undecided }).toEqual({ lost: [], undecided: [] })
        expect(gained.map(({ witness }) => witness.principal)).toEqual(
          gained.map(() => ({ type: 'Service', id: BUILD })),
        )
      }),
      { numRuns: 300 },
    )
    expect(proposals).toBeGreaterThan(50)
  })
})

describe('the proposal', () => {
  test('is what is there and one statement more', () => {
    expect(JSON.parse(readmitted(policy(EC2)) ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [EC2, statement({})],
    })
  })

  test('takes a single statement for a list of one', () => {
    const single = JSON.stringify({ Version: '2012-10-17', Statement: EC2 })
    expect(JSON.parse(readmitted(single) ?? '').Statement).toEqual([EC2, statement({})])
  })

  test('is the version before, where a Deny would keep it out all the same', () => {
    const before = policy(statement({}))
    expect(readmitted(policy(statement({}), DENY), before)).toBe(before)
    expect(readmitted(policy(statement({}), DENY))).toBeNull()
  })

  test('is never a version before that would let in a stranger, or not the service', () => {
    const broken = policy(statement({}), DENY)
    expect(readmitted(broken, policy(statement({}), statement({ Principal: { AWS: '*' } })))).toBeNull()
    expect(readmitted(broken, policy(EC2))).toBeNull()
  })

  test('is none where the service can get in, where there is no role, and where there is no policy to add to', () => {
    expect(readmitted(policy(statement({})))).toBeNull()
    expect(readmitted('[]')).toBeNull()
    expect(readmitted('{')).toBeNull()
    const gone = { roleName: 'pull', principal: BUILD, document: null, before: null, about, circumstances }
    expect(readmitting(gone)).toBeNull()
  })
})
