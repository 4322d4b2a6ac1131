import type { KnownBlock } from '@slack/types'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { eventLink, roleLink } from '../../shared/render/console-link.ts'
import { remediesOf } from '../../shared/render/remedy.ts'
import { type SlackMessage, slackDigest, slackMessage } from '../../shared/render/slack.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import { expectGolden } from '../golden.ts'
import { everywhere, hostileText, NASTY, RUNS } from './hostile.ts'
import { alertNamed, sampleAlerts } from './sample-alerts.ts'
import { elementsOf, preformattedIn, slackWords } from './slack-words.ts'

describe('an alert in Slack', () => {
  for (const [name, alert] of Object.entries(sampleAlerts)) {
    it(`reads well: ${name}`, () => expectGolden(`slack/${name}.txt`, slackWords(slackMessage(alert))))
  }

  it('goes to Slack as these blocks', () =>
    expectGolden('slack/opened.json', `${JSON.stringify(slackMessage(alertNamed('opened')), null, 2)}\n`))

  it('reads well: many at once', () =>
    expectGolden('slack/digest.txt', slackWords(slackDigest(Object.values(sampleAlerts)))))

  it('keeps the role’s name in the header, however long the headline', () => {
    const headline = `${'Any principal of an organisation with a very long name '.repeat(4)}can now assume role deploy`
    const [header] = slackMessage({ ...alertNamed('opened'), headline }).blocks
    expect(header).toMatchObject({ text: { text: expect.stringMatching(/^■■■□ HIGH: Any .*….*assume role deploy$/) } })
    expect(slackWords(slackMessage({ ...alertNamed('opened'), headline }))).toContain(`*What:* ${headline}`)
  })

  it('points to the e-mail and the topic where a command is longer than people read in Slack', () => {
    const long = { ...alertNamed('opened'), findings: [], restore: { command: `aws ${'x'.repeat(2500)}` } }
    expect(preformattedIn(slackMessage(long).blocks)).toEqual([])
    expect(slackWords(slackMessage(long))).toContain(
      `too long for this message. Take it from the e-mail, or from the message on the topic alerts: restore.command of alert ${long.id}.`,
    )
    const shorter = { ...long, restore: { command: `aws ${'x'.repeat(2496)}` } }
    expect(preformattedIn(slackMessage(shorter).blocks)).toEqual([shorter.restore.command])
  })
})

const worstFirst: readonly string[] = [...SEVERITIES].reverse()

describe('many alerts in one message', () => {
  const many = (number: number, name: (index: number) => string): readonly Alert[] =>
    Array.from({ length: number }, (_, index) => ({
      ...alertNamed('opened'),
      severity: SEVERITIES[index % SEVERITIES.length] ?? 'info',
      role: { name: name(index), arn: null },
    }))

  test.each([11, 30, 100, 250])('%d alerts: every role is named, with how bad it is, the worst first', (number) => {
    const alerts = many(number, (index) => `role-${index}-end`)
    const words = slackWords(slackDigest(alerts))
    expect(alerts.filter(({ role }) => !words.includes(role?.name ?? '?'))).toEqual([])
    const order = [...words.matchAll(/(CRITICAL|HIGH|MEDIUM|LOW|INFO)|^\*(Critical|High|Medium|Low|Info)/gm)].map(
      ([word]) => word.replace('*', '').toLowerCase(),
    )
    const ranks = order.slice(1).map((word) => worstFirst.indexOf(word))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    expect(taken(slackDigest(alerts).blocks)).toEqual([])
  })

  it('shortens names rather than leaving roles out: noise hides no role of a full batch', () => {
    const alerts = many(30, (index) => `${'é'.repeat(60)}-${index}`)
    const { blocks } = slackDigest(alerts)
    expect(taken(blocks)).toEqual([])
    expect(alerts.filter((_, index) => !new RegExp(`-${index}\\b`).test(slackWords(slackDigest(alerts))))).toEqual([])
  })

  it('says how many more there are where not even the names fit', () => {
    const words = slackWords(slackDigest(many(2000, (index) => `a-rather-long-name-of-a-role-${index}`)))
    expect(words).toMatch(/\*More:\* 1\d\d\d/)
    expect(words).toContain('2000 alerts: 400 critical, 400 high, 400 medium, 400 low, 400 info')
  })
})

describe('whatever strings an attacker chooses', () => {
  const of = (text: string): readonly SlackMessage[] => {
    const alert = everywhere(text)
    return [slackMessage(alert), slackDigest(Array(12).fill(alert))]
  }

  test.each(NASTY.map((text, index) => [index, text]))(
    'Slack takes the message, and nothing in it is theirs: %d',
    (_, text) => {
      for (const alert of [
        everywhere(text),
        { ...everywhere(text), service: { name: text, arn: text, region: text } },
      ]) {
        expect(taken(slackMessage(alert).blocks)).toEqual([])
        expect(foreignIn(slackMessage(alert), alert)).toEqual([])
        expect(foreignIn(slackDigest(Array(15).fill(alert)), alert)).toEqual([])
        expect(taken(slackDigest(Array(15).fill(alert)).blocks)).toEqual([])
      }
    },
  )

  it('Slack takes the message: no limit is passed', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const { blocks } of of(text)) expect(taken(blocks)).toEqual([])
      }),
      RUNS,
    )
  })

  it('nobody is called; no link, code or emphasis is theirs; no words of theirs begin a line', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const message of of(text)) expect(foreignIn(message, everywhere(text))).toEqual([])
      }),
      RUNS,
    )
  })

  it('the notification is one line that Slack shows as it is', () => {
    fc.assert(
      fc.property(hostileText(), (chosen) => {
        for (const { text } of of(chosen)) {
          // Unescaped, these three begin whatever Slack acts on in a text (docs.slack.dev/messaging/formatting-message-text).
          expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt);)|@(channel|here|everyone)\b/i)
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
          expect(text.length).toBeGreaterThan(0)
        }
      }),
      RUNS,
    )
  })
})

/** What Slack would refuse, by its reference of blocks, and by what others measured of its undocumented limit for the whole. */
function taken(blocks: readonly KnownBlock[]): readonly string[] {
  const length = asciiLength(JSON.stringify(blocks))
  return [
    ...(blocks.length > 50 || blocks.length === 0 ? [`${blocks.length} blocks`] : []),
    ...(length > 13_000 ? [`${length} characters`] : []),
    ...blocks.flatMap(refused),
  ]
}

function refused(block: KnownBlock): readonly string[] {
  if (block.type === 'header') return outside('header', block.text.text, 150)
  if (block.type === 'context') {
    const texts = block.elements.map((element) => (element.type === 'plain_text' ? element.text : ''))
    return [
      ...(texts.length > 10 ? ['more than 10 of context'] : []),
      ...texts.flatMap((text) => outside('context', text, 2000)),
    ]
  }
  const empty = block.type === 'rich_text' && [block, ...block.elements].some(({ elements }) => elements.length === 0)
  if (empty) return ['a block without elements']
  const texts = elementsOf([block]).map((element) => ('text' in element ? (element.text ?? '') : ''))
  return [...texts.flatMap((text) => outside('text', text, 3000)), ...outside('block', texts.join(''), 3000)]
}

/** Every character beyond ASCII as \uXXXX. */
function asciiLength(json: string): number {
  return [...json].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 6 * character.length), 0)
}

function outside(what: string, text: string, most: number): readonly string[] {
  return text.length < 1 || text.length > most ? [`${what} of ${text.length}`] : []
}

const OURS =
  /^(What|Role|Roles|Service|When|To do|By|From|In force|Cause|Compared|Gained|Lost|Undecided|Restore|Fix|Note|Findings|Used by|In full|More|Critical|High|Medium|Low|Info|critical|high|medium|low|info|[■□]{4} (CRITICAL|HIGH|MEDIUM|LOW|INFO|TEST|RECOVERED))(: )?$/

/** What is in the message and was not put there by us. */
function foreignIn({ blocks }: SlackMessage, alert: Alert): readonly unknown[] {
  const links = [eventLink(alert), roleLink(alert)]
  const commands = remediesOf(alert).map(({ command }) => command)
  const strange = elementsOf(blocks).filter((element) => {
    if (element.type === 'link')
      return !links.includes(element.url) || !/^(Event in CloudTrail|Role in the console)$/.test(element.text ?? '')
    if (element.type !== 'text') return true
    if (element.style !== undefined)
      return JSON.stringify(element.style) !== '{"bold":true}' || !OURS.test(element.text)
    if (commands.includes(element.text)) return false
    return (
      element.text !== '\n' &&
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]| {4}|<[!@#]|@(channel|here|everyone)\b/iu.test(element.text)
    )
  })
  const code = preformattedIn(blocks).filter(
    (text) => !commands.includes(text) || /```|<[!@#]|[\p{Cc}\p{Cf}]/u.test(text),
  )
  const plain = blocks.filter((block) => {
    if (block.type === 'header')
      return block.text.emoji !== false || /[<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(block.text.text)
    if (block.type === 'context')
      return block.elements.some(
        (element) =>
          element.type !== 'plain_text' || element.emoji !== false || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(element.text),
      )
    return block.type !== 'rich_text'
  })
  return [...strange, ...code, ...plain]
}
