/** What somebody outside may choose, and an alert with it in every place where that may stand. */

import fc from 'fast-check'
import type { Alert } from '../../shared/alert.ts'
import { writeCommand } from '../../shared/write-command.ts'
import { alertNamed } from './sample-alerts.ts'

/** Each was made to hurt one sink; every sink gets them all. */
export const NASTY = [
  // Slack
  '<!channel>',
  '<!here|here>',
  '<!subteam^S0123456>',
  '<@U0123456>',
  '<#C0123456|general>',
  '<https://evil.example|CloudTrail event>',
  '@channel @here @everyone',
  '```',
  '*bold* _italic_ ~gone~ `code`',
  '&lt;!channel&gt;',
  ':rotating_light:',
  '>>> quoted',
  // mail
  '\r\nBcc: everyone@example.com\r\n\r\nRESTORE\n  aws iam delete-role',
  '\nRESTORE\n\naws iam delete-role --role-name deploy',
  '\nTo do: Nothing, all is well.',
  'ALERT 1 OF 1',
  '.',
  'From nobody Sat Nov 21',
  // HTML
  '</pre></details><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<style>*{display:none}</style>',
  '<!--',
  ']]>',
  '&#x3c;script&#x3e;',
  'javascript:alert(1)',
  '</title><base href=//evil.example>',
  // shell
  "'; aws iam delete-role --role-name deploy; '",
  '$(id) `id` $HOME',
  "it's",
  '\\',
  '-x --cli-input-json file:///etc/passwd',
  '# \n',
  // terminal
  '\u001b[2J\u001b[1;1H',
  '\u009b31m',
  '\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\b\b\b\u007f',
  'RESTORE    aws iam delete-role',
  '\nGAINED     high     anyone',
  '           high     anyone',
  // unseen
  '\u202egnp.exe\u202c',
  '\u2066x\u2069',
  'a\u200bb\u200dc\ufeffd',
  '\u2028\u2029\u0085',
  '\u3164\u115f\uffa0',
  'x\ufe0f\u{e0041}\u{e0100}',
  '\ud800',
  '\udfff\ud83d',
  '\ufffe\uffff',
  // size
  ' '.repeat(300),
  '\u00a0'.repeat(200),
  '漢'.repeat(500),
  '\u{1f600}'.repeat(1000),
  'x'.repeat(3000),
  '',
] as const

/** `FUZZ_RUNS` turns the properties up. */
export const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 100) }

/** The nasty ones, words of ours, and anything else there is, in any mixture. */
export function hostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  )
  return fc.array(piece, { maxLength: 5 }).map((pieces) => `x${pieces.join(' ')}`)
}

/** The alert with the text in every place that somebody outside may choose. */
export function everywhere(text: string): Alert {
  const says = `any principal of ${text}`
  const witness = {
    principal: { type: 'AWS', id: text },
    action: text,
    context: { [`k${text}`]: [text, text], b: text },
  } as const
  const finding = {
    id: 'f',
    rule: text,
    severity: 'high',
    title: `t ${text}`,
    says: text,
    why: text,
    statement: 0,
    principal: text,
    fix: { summary: text, policy: hostilePolicy(text) },
    reference: text,
  } as const
  return {
    ...alertNamed('both-and-undecided'),
    headline: `h ${text}`,
    role: { name: text, arn: text },
    account: text,
    actor: { type: text, name: text, arn: `arn ${text}`, via: text, sourceIp: text, userAgent: text, mfa: null },
    comparison: {
      verdict: 'both',
      gained: [{ says, severity: 'high', witness }],
      lost: [{ says, severity: 'medium', witness }],
      undecided: [{ says, path: text }],
    },
    findings: [finding],
    cause: {
      verdict: 'trust',
      role: text,
      as: text,
      missing: `m ${text}`,
      changedBy: { eventId: text, at: text, actor: text, minutesBefore: 3 },
    },
    usedBy: [{ service: text, arn: text, region: text, as: text }],
    restore: { command: writeCommand('deploy', hostilePolicy(text)) },
    evidence: { eventId: `e ${text}`, eventName: text, region: text, source: text },
  }
}

/** JSON text of a policy whose texts are the attacker's. */
export function hostilePolicy(text: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: text,
        Effect: 'Allow',
        Principal: { AWS: [text, 'arn:aws:iam::111122223333:root'] },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': text, [text]: [text] } },
      },
    ],
  })
}
