/** The one sentence an alert opens with. Pure; what it quotes is escaped by the sink that shows it. */

import type { AlertKind } from './alert.ts'
import type { Finding } from './finding.ts'
import type { Admission, DetailedComparison } from './policy/comparison.ts'
import { byWorstFirst, mostSevere, SEVERITIES } from './severity.ts'

/** A subject line and a phone's first line must hold it. */
const MOST_CHARACTERS = 240

/** Who, in a headline: as long as there is room. The role and what is said of it are never cut off. */
const MOST_OF_WHO = [110, 70, 40] as const

export interface HeadlineParts {
  readonly kind: AlertKind
  readonly role: string
  /** Null: no earlier version is known. */
  readonly comparison: Compared | null
  /** Those that are new. */
  readonly findings: readonly Finding[]
}

type Compared = Pick<DetailedComparison, 'gained' | 'lost' | 'undecided'>

export function headlineOf(parts: HeadlineParts): string {
  let text = ''
  for (const most of MOST_OF_WHO) {
    text = sentence(parts, most)
    if (text.length <= MOST_CHARACTERS) return text
  }
  return clipped(text, MOST_CHARACTERS)
}

function sentence({ kind, role, comparison, findings }: HeadlineParts, most: number): string {
  if (kind === 'unreadable') return `The new trust policy of role ${role} could not be read`
  if (kind === 'role-deleted') return `Role ${role} was deleted`
  const worst = [...findings].sort(byWorstFirst)[0] ?? null
  if (comparison === null) return notCompared(role, worst)
  const { gained, lost, undecided } = comparison
  const told = { gained, lost, undecided, role, most, found: standsAbove(worst, comparison) ? worst : null }
  return kind === 'role-created' ? created(told) : changed(told)
}

function notCompared(role: string, worst: Finding | null): string {
  const says = worst ? `Role ${role}: ${worst.title}` : `The trust policy of role ${role} was written`
  return `${says}; no earlier version is known`
}

/** True for a finding worse than all that gained and lost; what is undecided counts as high. */
function standsAbove(worst: Finding | null, { gained, lost, undecided }: Compared): boolean {
  if (worst === null || gained.length + lost.length + undecided.length === 0) return true
  const others = mostSevere([...gained, ...lost].map(({ severity }) => severity))
  const most = undecided.length > 0 ? mostSevere([others, 'high']) : others
  return SEVERITIES.indexOf(worst.severity) > SEVERITIES.indexOf(most)
}

interface Told extends Compared {
  readonly role: string
  /** Characters of who. */
  readonly most: number
  /** The finding to be named before all else. */
  readonly found: Finding | null
}

function created({ role, most, found, gained, undecided }: Told): string {
  const begin = found ? `Role ${role} was created: ${found.title}` : `Role ${role} was created`
  if (gained.length > 0) return `${begin}; ${clause(gained, 'can assume it', { most, on: 'it' })}${more(undecided)}`
  if (found || undecided.length === 0) return `${begin}${more(undecided)}`
  return `${begin}; who can assume it could not be decided`
}

function changed({ role, most, found, gained, lost, undecided }: Told): string {
  const begin = found ? [`Role ${role}: ${found.title}`] : []
  const who = gainedAndLost({ gained, lost, most, name: found ? 'it' : `role ${role}` })
  const parts = [...begin, ...who]
  if (parts.length > 0) return `${capital(parts.join('; '))}${more(undecided)}`
  const open = undecided.length > 0 ? 'changed; who gained or lost access could not be decided' : 'was written'
  return `The trust policy of role ${role} ${open}`
}

/** @param name of the role, where it has not been named yet */
function gainedAndLost({ gained, lost, most, name }: Pick<Told, 'gained' | 'lost' | 'most'> & { name: string }) {
  const winning = gained.length === 0 ? [] : [clause(gained, `can now assume ${name}`, { most, on: name })]
  if (lost.length === 0) return winning
  if (gained.some(isAssuming) && lost.some(isAssuming))
    return [...winning, clause(lost, 'no longer can', { most, on: 'it' })]
  const again = gained.length === 0 ? name : 'it'
  return [...winning, clause(lost, `can no longer assume ${again}`, { most, on: again })]
}

interface Around {
  readonly most: number
  readonly on: string
}

/** The worst of those who can assume the role, and how many more. Where none of them does, the entry's own words say what they do. */
function clause(changes: readonly Admission[], does: string, { most, on }: Around): string {
  const assuming = changes.filter(isAssuming)
  const [worst, ...others] = [...(assuming.length > 0 ? assuming : changes)].sort(byWorstFirst)
  if (!worst) return `nobody ${does}`
  if (assuming.length > 0)
    return `${brief(worst, most)}${others.length > 0 ? ` and ${others.length} more` : ''} ${does}`
  return `${brief(worst, most)} on ${on}${others.length > 0 ? ` (and ${others.length} more like this)` : ''}`
}

function isAssuming({ accompanying }: Admission): boolean {
  return accompanying !== true
}

/** Without what stood in the way before or stands there now: the alert says that below its headline. */
function brief({ says, accompanying }: Admission, most: number): string {
  const short = says.replace(/ \((before|now): .*\)/s, '')
  // What an accompanying entry may do stands behind who it is, and must not be cut off.
  const verb = accompanying === true ? short.lastIndexOf(' may ') : -1
  return verb < 0 ? clipped(short, most) : `${clipped(short.slice(0, verb), most)}${short.slice(verb)}`
}

function more(undecided: Compared['undecided']): string {
  return undecided.length > 0 ? '; more could not be decided' : ''
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}
