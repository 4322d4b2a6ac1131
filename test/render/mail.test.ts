import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { type Mail, mailDigest, mailMessage } from '../../shared/render/mail.ts'
import { columnsOf } from '../../shared/render/wrap.ts'
import { expectGolden } from '../golden.ts'
import { everywhere, hostileText, NASTY, RUNS } from './hostile.ts'
import { alertNamed, sampleAlerts } from './sample-alerts.ts'

describe('an alert as e-mail', () => {
  for (const [name, alert] of Object.entries(sampleAlerts)) {
    it(`reads well: ${name}`, () => expectGolden(`mail/${name}.txt`, asReceived(mailMessage(alert))))
  }

  it('reads well: many at once', () =>
    expectGolden(
      'mail/digest.txt',
      asReceived(mailDigest([alertNamed('closed'), alertNamed('opened'), alertNamed('created')])),
    ))

  it('opens with how bad and what, which role, and what to do', () => {
    const lines = linesOfOurs(mailMessage(alertNamed('opened')).body)
    expect(lines.slice(0, 3)).toEqual(['HIGH:', 'Role:', 'To do:'])
  })

  it('carries a long command in lines that no server breaks', () => {
    const accounts = Array.from({ length: 90 }, (_, index) => `arn:aws:iam::${100000000000 + index}:root`)
    const document = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: accounts }, Action: 'sts:AssumeRole' }],
    })
    const command = `aws iam update-assume-role-policy --role-name deploy --policy-document '${document}'`
    const { body } = mailMessage({ ...alertNamed('opened'), findings: [], restore: { command } })
    expect(Buffer.byteLength(command)).toBeGreaterThan(2500)
    expect(body.split('\n').filter((line) => Buffer.byteLength(line) > 998)).toEqual([])
    expect(body.replaceAll('\n', '')).toContain(command)
  })

  it('points to the topic where a command has a part too long for a line', () => {
    const restore = { command: `aws iam x '{"Sid":"${'x'.repeat(2000)}"}'` }
    const { body } = mailMessage({ ...alertNamed('opened'), findings: [], restore })
    expect(body).not.toContain('xxxx')
    expect(body.replace(/\s+/g, ' ')).toContain(
      'Take it from the message on the topic alerts: restore.command of alert',
    )
  })
})

describe('many alerts in one mail', () => {
  const many = (number: number): readonly Alert[] =>
    Array.from({ length: number }, (_, index) => ({
      ...alertNamed('opened'),
      role: { name: `role-${index}-end`, arn: null },
    }))

  test.each([11, 500])(
    '%d alerts: every role is named in the list, and what has no room in full is counted',
    (number) => {
      const { body } = mailDigest(many(number))
      const [list = ''] = body.split('\nALERT 1 OF ')
      expect(many(number).filter(({ role }) => !list.includes(role?.name ?? '?'))).toEqual([])
      const inFull = body.match(/^ALERT \d+ OF \d+$/gm)?.length ?? 0
      const left = /^MORE\n {2}(\d+) alerts? had no room/m.exec(body)?.[1] ?? '0'
      expect(inFull + Number(left)).toBe(number)
      expect(inFull).toBeGreaterThan(10)
    },
  )
})

describe('whatever strings an attacker chooses', () => {
  const of = (text: string): readonly Mail[] => {
    // A fix is offered for what can be a role's name: test/render/commands.test.ts.
    const alert = { ...everywhere(text), role: { name: `no name ${text}`, arn: null } }
    return [
      mailMessage(alert),
      mailDigest([alert, { ...alert, service: { name: text, arn: `s ${text}`, region: text } }]),
    ]
  }

  test.each(NASTY.map((text, index) => [index, text]))('no header, no line and no section is theirs: %d', (_, text) => {
    for (const mail of of(text)) expect(faults(mail)).toEqual([])
    expect(of(text).map(({ body }) => linesOfOurs(body))).toEqual(of('x').map(({ body }) => linesOfOurs(body)))
  })

  it('the subject is one line that SNS takes, and the body is plain', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const mail of of(text)) expect(faults(mail)).toEqual([])
      }),
      RUNS,
    )
  })

  it('a reader of our structure finds our sections and no others', () => {
    const ours = of('x').map(({ body }) => linesOfOurs(body))
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(of(text).map(({ body }) => linesOfOurs(body))).toEqual(ours)
      }),
      RUNS,
    )
  })
})

function asReceived({ subject, body }: Mail): string {
  return `Subject: ${subject}\n\n${body}`
}

function faults({ subject, body }: Mail): readonly unknown[] {
  const lines = body.split('\n')
  const isCopied = (line: string) => /^(https:\/\/|aws iam )/.test(line) || /^["[{]/.test(line)
  return [
    // SNS, Publish: printable ASCII, no line break, begins with a letter, digit or punctuation mark, under 100 characters.
    ...(/^[!-~][ -~]{0,98}$/.test(subject) ? [] : [subject]),
    ...(Buffer.byteLength(body) <= 200 * 1024 ? [] : [Buffer.byteLength(body)]),
    ...lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line)),
    ...lines.filter((line) => columnsOf(line) > 72 && !isCopied(line)),
    ...lines.filter((line) => Buffer.byteLength(line) > 998),
  ]
}

/** How every line begins that is ours: not indented, or else part of a command. Whether a command can be carried depends on the text. */
function linesOfOurs(body: string): readonly string[] {
  return body
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('  ') && !/^(aws iam |["[{])/.test(line))
    .map(
      (line) =>
        /^([A-Z][A-Za-z ]*:(?= |$)|[A-Z][A-Z ]+(\d+ OF \d+)?$|https:\/\/)/.exec(line)?.[0] ?? `not ours: ${line}`,
    )
}
