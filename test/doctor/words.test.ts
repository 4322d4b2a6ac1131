/** What doctor says, whatever names it meets: a command stays what it is in a shell, and nothing moves the terminal. */

import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Check, failed, isHealthy, toDo, warned } from '../../shared/doctor/check.ts'
import { awsCommand, shellWord } from '../../shared/doctor/command.ts'
import { regionCheck } from '../../shared/doctor/stack.ts'
import { renderReport } from '../../shared/render/terminal-doctor.ts'

const region = 'us-east-1'

describe('a command', () => {
  it('hands every word to the program as it is', () => {
    // NUL ends a program's argument; no name in AWS holds one.
    const words = fc.array(
      fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(words, (list) => {
        const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${list.map(shellWord).join(' ')}`], {
          encoding: 'utf8',
        })
        expect(stdout.split('\0').slice(0, -1)).toEqual(list)
      }),
      { numRuns: 50 },
    )
  })

  it('takes no name for an option', () => {
    expect(awsCommand({ region }, 'events enable-rule', { name: '--profile' })).toBe(
      'aws events enable-rule --region us-east-1 --name=--profile',
    )
  })

  it('says flags and lists as the AWS CLI wants them', () => {
    expect(awsCommand({ region }, 'x y', { flag: null, names: ['a', 'b c'] })).toBe(
      "aws x y --region us-east-1 --flag --names a 'b c'",
    )
  })
})

describe('a report on the terminal', () => {
  const subject = { id: 'x', title: 'Title', why: 'Why' }
  const report = (checks: readonly Check[]) =>
    ({ version: 1, stack: 's', account: '111122223333', region, healthy: isHealthy(checks), checks }) as const

  it('shows nothing that a terminal acts on, whatever the names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 200 }), (text, width) => {
        const checks = [
          failed({ ...subject, title: text }, text, toDo(text, text)),
          warned(subject, text, toDo(text, text)),
        ]
        const shown = renderReport({ ...report(checks), stack: text }, { colour: false, width })
        expect(shown).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
    )
  })

  it('leaves out a command that it would have to alter', () => {
    const shown = renderReport(report([failed(subject, 'f', toDo('Do.', 'aws \u001b[2J'))]), {
      colour: false,
      width: 100,
    })
    expect(shown).not.toContain('aws')
    expect(shown).toContain('see --format')
  })

  it('ends with what failed, and how much', () => {
    const checks = [failed(subject, 'broken', toDo('Mend it.')), warned(subject, 'odd', toDo('Look.'))]
    const lines = renderReport(report(checks), { colour: false, width: 100 }).trimEnd().split('\n')
    expect(lines.at(-1)).toBe('NOT WELL   2 checks: 1 warned, 1 failed.')
    expect(lines.findIndex((line) => line.startsWith('FAIL'))).toBeGreaterThan(
      lines.findIndex((line) => line.startsWith('WARNING')),
    )
  })
})

describe('the home region of IAM', () => {
  it.each([
    ['us-east-1', 'ok', /us-east-1/],
    ['cn-north-1', 'ok', /cn-north-1/],
    ['us-gov-west-1', 'ok', /us-gov-west-1/],
    ['eu-west-1', 'failed', /arrive in us-east-1/],
    ['cn-northwest-1', 'failed', /arrive in cn-north-1/],
    ['us-iso-east-1', 'warned', /does not know/],
  ] as const)('a stack in %s is %s', (place, status, found) => {
    const check = regionCheck({ region: place, name: 'trustdrift' })
    expect(check.status).toBe(status)
    expect(check.found).toMatch(found)
  })
})
