/** What a backfill says in the same words on every page: since when, until when, by whom. Plain text, unescaped. */

import type { Backfill, Exposure, TimelineEntry, Use } from '../backfill/report.ts'
import { count, durationWords, timeWords } from './words.ts'

const DONE = {
  created: 'created',
  updated: 'changed',
  deleted: 'deleted',
  failed: 'refused by IAM',
} as const satisfies Record<TimelineEntry['kind'], string>

export function summaryWords({ events, roles, exposures }: Backfill): string {
  const open = exposures.filter((exposure) => exposure.to === null).length
  const said =
    exposures.length === 0
      ? 'no role was open to a stranger'
      : `${count(exposures.length, 'exposure')}, ${open} still open`
  return `${count(events, 'event')} about ${count(roles.length, 'role')}: ${said}`
}

/** A name is one role's in its account alone, and the files of an organisation hold many accounts. */
export function roleWords(
  { account, role }: Pick<Exposure, 'account' | 'role'>,
  told: Pick<Backfill, 'account'>,
): string {
  return account === told.account ? role : `${role} of account ${account}`
}

export function spanWords({ from, to }: Exposure, end: string): string {
  if (to === null) return `since ${timeWords(from)}, still open (${durationWords(from, end)} so far)`
  return `${timeWords(from)} to ${timeWords(to)} (${durationWords(from, to)})`
}

export function openedWords({ openedBy }: Exposure): string {
  return `opened by ${openedBy.actor}${eventWords(openedBy.eventId)}`
}

export function closedWords({ closedBy, to }: Exposure): string {
  if (closedBy !== null) return `closed by ${closedBy.actor}${eventWords(closedBy.eventId)}`
  return to === null ? 'not closed' : 'closed by a change that the history does not show'
}

export function useWords({ caller, count: times, first, last, sources }: Use): string {
  const when = times === 1 ? timeWords(first) : `${timeWords(first)} to ${timeWords(last)}`
  return `used by ${caller}: ${count(times, 'call')}, ${when}, from ${sources.join(', ')}`
}

export function doneWords({ kind, actor, verdict, says }: TimelineEntry): string {
  if (says !== undefined) return `${says}; called by ${actor}`
  const quiet = kind === 'updated' && verdict === 'equivalent' ? ', with the same meaning' : ''
  const unknown = kind === 'updated' && verdict === null ? ', from a trust policy that is not known' : ''
  return `${DONE[kind]} by ${actor}${quiet}${unknown}`
}

function eventWords(eventId: string | null): string {
  return eventId === null ? '' : ` (event ${eventId})`
}
