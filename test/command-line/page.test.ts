/** `replay --html`, and the alert the README opens with: the sample of a role opened to a stranger, with IAM asked. */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { mailMessage } from '../../shared/render/mail.ts'
import { slackMessage } from '../../shared/render/slack.ts'
import { timeWords } from '../../shared/render/words.ts'
import { expectGolden } from '../golden.ts'
import { asLines, openedAndClosed, scratch } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const file = scratch()

describe('replay --html', () => {
  it('writes a page of what is shown, says where, and changes nothing else', async () => {
    const page = file('alerts.html', 'what was there before')
    const plain = await trustdrift(['replay', '-'], { stdin: asLines(openedAndClosed) })
    const ran = await trustdrift(['replay', '-', '--html', page], { stdin: asLines(openedAndClosed) })
    expect(ran).toEqual({ ...plain, stderr: `trustdrift: each alert as Slack and e-mail show it: ${page}\n` })
    const html = readFileSync(page, 'utf8')
    expect(html.match(/<article /g)?.length).toBe(2)
    expect(html).toContain('3 events: 2 alerts at or above medium, and below medium: 1 info.')
    expect(html).not.toContain('what was there before')
  })

  it('leaves standard output to the program that reads it', async () => {
    const page = file('beside.html', '')
    const ran = await trustdrift(['replay', '-', '--format', 'json', '--html', page], {
      stdin: asLines(openedAndClosed),
    })
    expect(
      ran.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).version),
    ).toEqual([1, 1, 1])
    expect(readFileSync(page, 'utf8')).toContain('<article ')
  })

  test.each([
    ['in a folder that does not exist', () => '/nonexistent/alerts.html', /--html .*Create the folder/],
    ['that is a folder', () => dirname(file('page', '')), /--html .*it is a folder\. Name a file/],
  ])('a page %s is 3 before anything is told, and says what to do', async (_, page, words) => {
    const ran = await trustdrift(['replay', '-', '--html', page()], { stdin: asLines(openedAndClosed) })
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 3, stdout: '' })
    expect(ran.stderr).toMatch(words)
    expect(existsSync('/nonexistent')).toBe(false)
  })
})

describe('the alert the README opens with', () => {
  const EVENT = 'events/060-opened-to-a-foreign-account.json'

  it('reads as it was read and found good, in Slack and as e-mail', async () => {
    const { detail } = JSON.parse(readFileSync(EVENT, 'utf8'))
    const world = file('world.json', {
      roles: [
        {
          RoleName: detail.requestParameters.roleName,
          Arn: `arn:aws:iam::${detail.recipientAccountId}:role/${detail.requestParameters.roleName}`,
          CreateDate: '2026-11-02T08:00:00Z',
          AssumeRolePolicyDocument: JSON.parse(detail.requestParameters.policyDocument),
        },
      ],
    })
    const { stdout } = await trustdrift([
      'replay',
      'events',
      '--world',
      world,
      '--format',
      'json',
      '--fail-on',
      'never',
    ])
    const alerts: readonly Alert[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const alert = alerts.find(({ evidence }) => evidence.eventId === detail.eventID)
    if (!alert) throw new Error(`${EVENT} tells nothing`)
    const { subject, body } = mailMessage(alert)
    expectGolden(
      join('readme', 'slack.json'),
      `${JSON.stringify({ at: timeWords(alert.at), message: slackMessage(alert) }, null, 2)}\n`,
    )
    expectGolden(join('readme', 'mail.txt'), `Subject: ${subject}\n\n${body}`)
  })
})
