/** Every command a person may copy out of an alert, judged by the shell it is copied into. */

import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { mailMessage } from '../../shared/render/mail.ts'
import { remediesOf } from '../../shared/render/remedy.ts'
import { slackMessage } from '../../shared/render/slack.ts'
import { renderAlert } from '../../shared/render/terminal.ts'
import { writeCommand } from '../../shared/write-command.ts'
import { hostilePolicy, hostileText, NASTY } from './hostile.ts'
import { alertNamed } from './sample-alerts.ts'
import { preformattedIn } from './slack-words.ts'

const texts = [...NASTY, ...fc.sample(hostileText(), { numRuns: 150, seed: Number(process.env.FUZZ_SEED ?? 20261121) })]
const policies = texts.map(hostilePolicy)
const alerts = policies.map(offering)

/** One alert with a way back and a fix, which differ. */
function offering(policy: string): Alert {
  const opened = alertNamed('opened')
  const [finding] = opened.findings
  if (!finding) throw new Error('The sample has no finding')
  return {
    ...opened,
    restore: { command: writeCommand('-a=name.with@all,of+them_-', policy) },
    findings: [{ ...finding, fix: { summary: 'Fix', policy } }],
  }
}

const expected = policies.map((policy) => [
  ['--role-name=-a=name.with@all,of+them_-', JSON.stringify(JSON.parse(policy))],
  ['--role-name deploy', JSON.stringify(JSON.parse(policy))],
])

describe('a command that is shown', () => {
  it('is one that sh takes, and gives the program the role and the policy as they are meant', () => {
    expect(ran(alerts.map((alert) => remediesOf(alert).map(({ command }) => command)))).toEqual(expected)
  })

  it.each([
    ['Slack', (alert: Alert) => preformattedIn(slackMessage(alert).blocks)],
    ['e-mail', (alert: Alert) => commandsIn(mailMessage(alert).body)],
    ['the terminal', (alert: Alert) => onTerminal(alert)],
  ])('is still that when it is copied out of %s, or is not shown', (_, copied) => {
    const shown = alerts.map(copied)
    const results = ran(shown)
    const wrong = results.filter((each, index) =>
      each.some((argv) => !expected[index]?.some((one) => one.join() === argv.join())),
    )
    expect(wrong).toEqual([])
    expect(shown.flat().length).toBeGreaterThan(alerts.length / 4)
  })
})

describe('no command is offered', () => {
  it.each(['superseded', 'gone'] as const)(
    'to correct a document that is %s: it would undo what was written since',
    (inForce) => {
      expect(remediesOf({ ...alertNamed('opened'), restore: null, inForce })).toEqual([])
    },
  )

  it('for a role whose name is none', () => {
    expect(remediesOf({ ...alertNamed('opened'), restore: null, role: { name: 'a b', arn: null } })).toEqual([])
  })

  it('twice', () => {
    expect(remediesOf(alertNamed('opened')).map(({ label }) => label)).toEqual(['RESTORE'])
  })
})

/** What `aws` is given, for each command of each alert; sh checks the grammar first. */
function ran(commands: readonly (readonly string[])[]): readonly (readonly (readonly string[])[])[] {
  const script = [
    `aws() { shift 2; case "$1" in --role-name) printf '%s %s\\0' "$1" "$2"; shift 2;; *) printf '%s\\0' "$1"; shift;; esac; shift; printf '%s\\0' "$#:$1"; }`,
    ...commands.flatMap((each, index) => [...each, `printf '%s\\0' 'END ${index}'`]),
  ].join('\n')
  expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  const { stdout, stderr, status } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8', maxBuffer: 1 << 28 })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return commands.map((_, index) => {
    const from = index === 0 ? 0 : stdout.indexOf(`END ${index - 1}\0`) + `END ${index - 1}\0`.length
    const words = stdout
      .slice(from, stdout.indexOf(`END ${index}\0`))
      .split('\0')
      .slice(0, -1)
    return pairs(words).map(([role = '', policy = '']) => [role, JSON.stringify(JSON.parse(policy.replace(/^1:/, '')))])
  })
}

function pairs(words: readonly string[]): readonly (readonly string[])[] {
  return words.length === 0 ? [] : [words.slice(0, 2), ...pairs(words.slice(2))]
}

/** A command stands between empty lines, and may be folded. */
function commandsIn(body: string): readonly string[] {
  return body.split('\n\n').filter((part) => part.startsWith('aws iam '))
}

function onTerminal(alert: Alert): readonly string[] {
  const lines = renderAlert(alert, { colour: false, width: 80 }).split('\n')
  return lines.map((line) => line.trimStart()).filter((line) => line.startsWith('aws iam '))
}
