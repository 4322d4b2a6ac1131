/** A Backfill on one page that needs neither network nor script: exposures to scale, a table of them, and each role's timeline. */

import type { Backfill, Exposure, Missing, RoleHistory, TimelineEntry, Use } from '../backfill/report.ts'
import { byWorstFirst } from '../severity.ts'
import { choice, pageOf } from './html-page.ts'
import { STYLE } from './html-style.ts'
import { element, type Markup } from './markup.ts'
import { closedWords, doneWords, openedWords, roleWords, spanWords, summaryWords, useWords } from './past-words.ts'
import { count, timeWords, witnessWords } from './words.ts'

const OWN_STYLE = `
.page { max-width: 1080px; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 8px 0 16px; }
th:nth-child(1) { width: 9%; } th:nth-child(2) { width: 17%; } th:nth-child(3) { width: 28%; } th:nth-child(4) { width: 16%; } th:nth-child(6) { width: 11%; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); }
th { color: var(--strong); }
.warning { border: 2px solid var(--strong); border-radius: 6px; padding: 8px 12px; margin: 12px 0; }
.row { border-top: 1px solid var(--line); padding: 4px 0; }
details { margin: 0; }
summary { display: grid; grid-template-columns: 260px 1fr; gap: 4px 12px; align-items: center; padding: 4px 0; }
svg { width: 100%; height: 24px; display: block; }
.track { fill: var(--code); stroke: var(--line); }
.critical .bar { fill: light-dark(#b3123b, #ff5c7c); } .high .bar { fill: light-dark(#b35900, #ffa94d); }
.tick { stroke: var(--text); stroke-width: 1; }
.axis { display: flex; justify-content: space-between; margin-left: 272px; }
.timeline { padding-left: 20px; margin: 4px 0 12px; }
.word { font-weight: 700; }
:root:has(#show-critical:checked) .row:not(.critical), :root:has(#show-critical:checked) tbody tr:not(.critical),
:root:has(#show-high:checked) .row:not(.high), :root:has(#show-high:checked) tbody tr:not(.high),
:root:has(#show-exposed:checked) .row.quiet { display: none; }
@media (max-width: 720px) { .axis { margin-left: 0; } summary { grid-template-columns: 1fr; } th, td { display: block; border: 0; padding: 2px 0; }
  thead { display: none; } tbody tr { display: block; border-top: 1px solid var(--line); padding: 8px 0; } }
`.trim()

export function backfillPage(backfill: Backfill): string {
  const { account, from, to, complete } = backfill
  const title = `Trustdrift: who could assume the roles of account ${account}`
  return pageOf(
    { title, style: `${STYLE}\n${OWN_STYLE}` },
    element('h1', {}, summaryWords(backfill)),
    element('p', {}, `Account ${account}, ${timeWords(from)} to ${timeWords(to)}.`),
    ...(complete ? [] : [missingBox(backfill.missing)]),
    element(
      'div',
      { class: 'choices' },
      choice('Show', 'show', ['all', 'exposed', 'critical', 'high']),
      choice('Colours', 'theme', ['system', 'light', 'dark']),
    ),
    element('main', {}, ...roleRows(backfill), ...exposureTable(backfill)),
  )
}

function missingBox(missing: readonly Missing[]): Markup {
  const items = missing.map(({ what, why, from, to, region }) =>
    element('li', {}, `${what}, ${timeWords(from)} to ${timeWords(to)}, ${region}: ${why}`),
  )
  return element(
    'section',
    { class: 'warning', 'aria-label': 'What could not be read' },
    element('b', {}, `Not everything could be read: ${count(missing.length, 'part')} missing.`),
    element('ul', { class: 'timeline' }, ...items),
  )
}

const COLUMNS = ['How bad', 'Role', 'Who could come in', 'When', 'By whom', 'Who came in']

function exposureTable(backfill: Backfill): readonly Markup[] {
  const { exposures } = backfill
  if (exposures.length === 0) return []
  const head = element('tr', {}, ...COLUMNS.map((name) => element('th', { scope: 'col' }, name)))
  const rows = [...exposures].sort(byWorstFirst).map((exposure) => exposureRow(exposure, backfill))
  return [
    element('h2', {}, 'Exposures'),
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
  ]
}

function exposureRow(exposure: Exposure, backfill: Backfill): Markup {
  const { severity, says, witness, uses } = exposure
  return element(
    'tr',
    { class: severity },
    element('td', { class: 'word' }, severity),
    element('td', {}, roleWords(exposure, backfill)),
    element('td', {}, says, element('p', { class: 'faint' }, `for example ${witnessWords(witness)}`)),
    element('td', {}, spanWords(exposure, backfill.to)),
    element('td', {}, openedWords(exposure), element('p', {}, closedWords(exposure))),
    element('td', {}, ...usedCell(uses)),
  )
}

function usedCell(uses: readonly Use[] | null): readonly (Markup | string)[] {
  if (uses === null) return ['not asked (--used)']
  return uses.length === 0 ? ['nobody'] : uses.map((use) => element('p', {}, useWords(use)))
}

/** Those that were open first, then by name. */
function roleRows(backfill: Backfill): readonly Markup[] {
  const { roles, exposures, from, to } = backfill
  const of = ({ account, role }: RoleHistory) =>
    exposures.filter((exposure) => exposure.account === account && exposure.role === role)
  const known = new Set(roles.map(({ account, role }) => `${account}#${role}`))
  // Open all through the window, without a change in it.
  const still = exposures.filter(({ account, role }) => !known.has(`${account}#${role}`))
  const all = [...roles, ...still.map(({ account, role }): RoleHistory => ({ account, role, arn: null, timeline: [] }))]
  const rows = all.map((role) => ({ role, exposures: of(role) }))
  const open = rows.filter((row) => row.exposures.length > 0)
  const quiet = rows.filter((row) => row.exposures.length === 0)
  const axis = element(
    'div',
    { class: 'axis faint' },
    element('span', {}, timeWords(from)),
    element('span', {}, timeWords(to)),
  )
  return [element('h2', {}, 'Roles over time'), axis, ...[...open, ...quiet].map((row) => roleRow(row, backfill))]
}

interface Row {
  readonly role: RoleHistory
  readonly exposures: readonly Exposure[]
}

function roleRow({ role, exposures }: Row, backfill: Backfill): Markup {
  const severities = new Set(exposures.map(({ severity }) => severity))
  const said = exposures.length === 0 ? count(role.timeline.length, 'change') : count(exposures.length, 'exposure')
  return element(
    'div',
    { class: exposures.length === 0 ? 'row quiet' : `row ${[...severities].join(' ')}` },
    element(
      'details',
      {},
      element(
        'summary',
        {},
        element('span', {}, `${roleWords(role, backfill)}: ${said}`),
        chart({ role, exposures }, backfill),
      ),
      element('ul', { class: 'timeline' }, ...role.timeline.map(entryItem)),
    ),
  )
}

/** Shorter would not be seen. */
const LEAST_PERCENT = 0.4

function chart({ role, exposures }: Row, { from, to }: Backfill): Markup {
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  const percent = (at: string) => (100 * Math.min(Math.max(Date.parse(at) - begin, 0), end - begin)) / (end - begin)
  const bars = exposures.map((one) => {
    const x = Math.min(percent(one.from), 100 - LEAST_PERCENT)
    const width = Math.max(percent(one.to ?? to) - x, LEAST_PERCENT)
    const bar = element('rect', {
      class: 'bar',
      x: `${x.toFixed(3)}%`,
      y: '3',
      width: `${width.toFixed(3)}%`,
      height: '18',
    })
    return element('g', { class: one.severity }, bar)
  })
  const ticks = role.timeline.map(({ at }) => {
    const x = `${percent(at).toFixed(3)}%`
    return element('line', { class: 'tick', x1: x, x2: x, y1: '0', y2: '24' })
  })
  const label =
    exposures.length === 0 ? 'never open to a stranger' : exposures.map((one) => spanWords(one, to)).join('; ')
  const track = element('rect', { class: 'track', x: '0', y: '3', width: '100%', height: '18' })
  return element('svg', { role: 'img', 'aria-label': label }, track, ...bars, ...ticks)
}

function entryItem(entry: TimelineEntry): Markup {
  const who = (word: string, list: readonly string[]) =>
    list.map((says) => element('li', {}, element('span', { class: 'word' }, `${word}: `), says))
  const lines = [...who('gained', entry.gained), ...who('lost', entry.lost)]
  return element(
    'li',
    {},
    `${timeWords(entry.at)} ${doneWords(entry)}`,
    ...(lines.length === 0 ? [] : [element('ul', { class: 'timeline' }, ...lines)]),
    ...(entry.eventId === null ? [] : [element('span', { class: 'faint' }, ` event ${entry.eventId}`)]),
  )
}
