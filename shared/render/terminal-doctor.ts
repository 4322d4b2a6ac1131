/** Doctor's report as a tired person reads it on a terminal: what is fine in a line each, what is not last, with what to do. */

import type { Check, CheckStatus, Report } from '../doctor/check.ts'
import type { Line, Section, Style } from './section.ts'
import { isShownAsIs } from './spelt-out.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'
import { count } from './words.ts'

const MARKS = {
  ok: { label: 'ok', style: 'green' },
  skipped: { label: 'skipped', style: 'dim' },
  warned: { label: 'WARNING', style: 'yellow' },
  failed: { label: 'FAIL', style: 'red' },
} as const satisfies Record<CheckStatus, { label: string; style: Style }>

/** Ends in a newline. Never throws, whatever the strings. */
export function renderReport(report: Report, options: TerminalOptions): string {
  const { checks, stack, account, region } = report
  const quiet = checks.filter(({ status }) => status === 'ok' || status === 'skipped')
  const loud = [...withStatus(checks, 'warned'), ...withStatus(checks, 'failed')]
  const head: Section = {
    label: 'DOCTOR',
    style: 'bold',
    lines: [{ text: `stack ${stack} in account ${account}, ${region}`, style: 'bold' }],
  }
  const parts = [
    layOut([head], options),
    layOut(quiet.map(brief), options),
    ...loud.map((check) => layOut([full(check)], options)),
  ]
  return `${[...parts, layOut([sum(report)], options)].filter((part) => part !== '').join('\n')}`
}

function withStatus(checks: readonly Check[], status: CheckStatus): readonly Check[] {
  return checks.filter((check) => check.status === status)
}

function brief({ status, title, found, remedy }: Check): Section {
  const how: readonly Line[] = remedy
    ? [{ text: remedy.says, style: 'dim', detail: true }, ...remedy.commands.map(command)]
    : []
  return { ...MARKS[status], lines: [{ text: `${title}: ${found}` }, ...how] }
}

function full({ status, title, found, why, remedy }: Check): Section {
  const what: readonly Line[] = remedy
    ? [{ text: `What to do: ${remedy.says}`, detail: true }, ...remedy.commands.map(command)]
    : []
  return {
    ...MARKS[status],
    lines: [{ text: `${title}: ${found}`, style: 'bold' }, { text: `Why it matters: ${why}`, detail: true }, ...what],
  }
}

/** As it is, on a line of its own, or not at all: an altered command would do something else. */
function command(text: string): Line {
  if (isShownAsIs(text)) return { text, style: 'bold', detail: true, whole: true }
  return {
    text: 'There is a command, but it holds characters that a terminal must not show: see --format json.',
    detail: true,
  }
}

function sum({ checks, healthy }: Report): Section {
  const numbers = (['ok', 'skipped', 'warned', 'failed'] as const)
    .map((status) => ({ status, number: withStatus(checks, status).length }))
    .filter(({ number }) => number > 0)
    .map(({ status, number }) => `${number} ${status}`)
  const text = `${count(checks.length, 'check')}: ${numbers.join(', ')}.`
  return healthy
    ? { label: 'HEALTHY', style: 'green', lines: [{ text }] }
    : { label: 'NOT WELL', style: 'red', lines: [{ text }] }
}
