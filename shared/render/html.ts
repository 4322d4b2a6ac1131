/** Alerts on one page that needs nothing else: no network, no script. Each as Slack shows it, and the e-mail's text below. */

import type { Alert } from '../alert.ts'
import { SEVERITIES, type Severity } from '../severity.ts'
import { choice, pageOf } from './html-page.ts'
import { postedMessage } from './html-slack.ts'
import { STYLE } from './html-style.ts'
import { type Mail, mailDigest, mailMessage } from './mail.ts'
import { element, type Markup } from './markup.ts'
import { type SlackMessage, slackDigest, slackMessage } from './slack.ts'
import { count, severitiesWords, timeWords } from './words.ts'

/** Above so many a channel sends one message for all that wait, and no more than these wait at once. */
const DIGEST_ABOVE = 10
const MOST_WAITING = 30

/** @param note one sentence on what the page shows, and what it leaves out */
export function alertsPage(alerts: readonly Alert[], note: string): string {
  const style = `${STYLE}\n${filterRules()}`
  const title = `Trustdrift: ${count(alerts.length, 'alert')}`
  return pageOf({ title, style }, ...intro(alerts, note), main(alerts))
}

function intro(alerts: readonly Alert[], note: string): readonly Markup[] {
  const present = [...SEVERITIES].reverse().filter((severity) => alerts.some((alert) => alert.severity === severity))
  return [
    element(
      'h1',
      {},
      alerts.length === 0 ? 'No alerts' : `${count(alerts.length, 'alert')}: ${severitiesWords(alerts)}`,
    ),
    element('p', {}, note),
    element(
      'div',
      { class: 'choices' },
      ...(present.length < 2 ? [] : [choice('Show', 'show', ['all', ...present])]),
      choice('Colours', 'theme', ['system', 'light', 'dark']),
    ),
  ]
}

/** Without a script: what is not of the severity chosen is not shown. */
function filterRules(): string {
  const rule = (severity: Severity) =>
    `:root:has(#show-${severity}:checked) article:not(.${severity}) { display: none; }`
  return SEVERITIES.map(rule).join('\n')
}

function main(alerts: readonly Alert[]): Markup {
  const single = alerts.map((alert, index) =>
    article(`alert-${index + 1}`, alert.severity, timeWords(alert.at), slackMessage(alert), mailMessage(alert)),
  )
  return element(
    'main',
    {},
    ...single,
    ...(alerts.length > DIGEST_ABOVE ? [digest(alerts.slice(0, MOST_WAITING))] : []),
  )
}

function digest(alerts: readonly Alert[]): Markup {
  const every = SEVERITIES.join(' ')
  return article('digest', every, 'when more than ten come at once', slackDigest(alerts), mailDigest(alerts))
}

function article(id: string, classes: string, time: string, message: SlackMessage, mail: Mail): Markup {
  return element(
    'article',
    { class: classes, 'aria-labelledby': id },
    postedMessage(message, { id, time }),
    element(
      'details',
      {},
      element('summary', {}, 'The same as e-mail'),
      element('p', {}, element('b', {}, 'Subject: '), mail.subject),
      element('pre', {}, mail.body),
    ),
  )
}
