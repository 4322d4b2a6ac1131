/** Is there a text that matches some pattern of each of these unions and none of those? Exact, by walking all patterns at once. */

import { type Budget, spend } from './budget.ts'
import { CODES, DIGIT_CODES, LETTER_CODES, NAME_CODES, SIGN_CODES } from './characters.ts'
import { ANY, DIGIT_STAR, FIELD_ANY, FIELD_STAR, type Glob, ID_STAR, NAME_STAR, STAR } from './glob.ts'

/** A union of patterns that the text must match, or must not. */
export interface Member {
  readonly globs: readonly Glob[]
  readonly wanted: boolean
  readonly ignoreCase: boolean
}

/** The patterns of one union behind one another, each with an end. */
interface Automaton {
  readonly tokens: readonly number[]
  readonly wanted: boolean
  readonly ignoreCase: boolean
}

/** Where a walk may stand in all patterns of one union at once, in ascending order. */
type State = readonly number[]

interface Walk {
  readonly states: readonly State[]
  readonly text: string
}

const COLON = 58
const SLASH = 47
/** Behind the last token of a pattern; nothing leads on from there. */
const END = Number.NEGATIVE_INFINITY

/** The shortest such text; null when there is none; undefined when the budget does not suffice to tell. */
export function findText(members: readonly Member[], within: Budget): string | null | undefined {
  const automata = members.map(automaton)
  const other = otherThan(automata)
  const begin = automata.map(startOf)
  const nameOf = namer()
  const seen = new Set([nameOf(begin)])
  let front: readonly Walk[] = [{ states: begin, text: '' }]
  while (front.length > 0) {
    const next: Walk[] = []
    for (const walk of front) {
      const codes = codesAt(walk.states, automata, other)
      if (!spend(within, costOf(walk, codes.size))) return undefined
      if (automata.every((one, i) => accepts(walk.states[i] ?? [], one) === one.wanted)) return walk.text
      for (const code of codes) {
        const states = moved(walk.states, automata, code)
        if (states === null) continue
        const name = nameOf(states)
        if (seen.has(name)) continue
        seen.add(name)
        next.push({ states, text: walk.text + String.fromCharCode(code) })
      }
    }
    front = next
  }
  return null
}

/** States as text, one character a place: far shorter than their numbers, and as distinct. */
function namer(): (states: readonly State[]) => string {
  let units = new Uint16Array(256)
  return (states) => {
    let length = 0
    for (const state of states) {
      if (length + 2 * state.length >= units.length) units = grown(units, 2 * (length + 2 * state.length))
      for (const place of state) {
        // From 32,768 on it takes two.
        if (place >= WIDE) units[length++] = WIDE + (place >> 15)
        units[length++] = place % WIDE
      }
      units[length++] = UNIT_END
    }
    return textOf(units, length)
  }
}

const WIDE = 0x8000
const UNIT_END = 0xffff

function grown(units: Uint16Array, least: number): Uint16Array<ArrayBuffer> {
  const more = new Uint16Array(least)
  more.set(units)
  return more
}

/** In parts: a call takes only so many arguments. */
function textOf(units: Uint16Array, length: number): string {
  let text = ''
  for (let from = 0; from < length; from += MOST_ARGUMENTS) {
    const part: string = Reflect.apply(
      String.fromCharCode,
      null,
      units.subarray(from, Math.min(length, from + MOST_ARGUMENTS)),
    )
    text += part
  }
  return text
}

const MOST_ARGUMENTS = 1024

/** A step moves every place over every character worth trying. */
function costOf({ states, text }: Walk, codes: number): number {
  let places = 0
  for (const state of states) places += state.length
  return (codes * (8 + places) + text.length) / 14
}

function automaton({ globs, wanted, ignoreCase }: Member): Automaton {
  const tokens: number[] = []
  for (const pattern of globs) {
    for (const token of pattern) tokens.push(ignoreCase && token >= 0 ? lower(token) : token)
    tokens.push(END)
  }
  return { tokens, wanted, ignoreCase }
}

function startOf({ tokens }: Automaton): State {
  const state: number[] = []
  tokens.forEach((_, i) => {
    if (i === 0 || tokens[i - 1] === END) enter(i, tokens, state)
  })
  return state
}

/** A star may stand for nothing: a walk before it stands behind it too. */
function enter(place: number, tokens: readonly number[], state: number[]): void {
  let at = place
  for (;;) {
    if ((state.at(-1) ?? -1) < at) state.push(at)
    if (!isStar(tokens[at])) return
    at++
  }
}

function isStar(token: number | undefined): boolean {
  return token === STAR || token === FIELD_STAR || token === NAME_STAR || token === ID_STAR || token === DIGIT_STAR
}

function accepts(state: State, { tokens }: Automaton): boolean {
  return state.some((place) => tokens[place] === END)
}

/** Null: from there no text can do. */
function moved(states: readonly State[], automata: readonly Automaton[], code: number): readonly State[] | null {
  const next: State[] = []
  for (let i = 0; i < automata.length; i++) {
    const one = automata[i]
    const state = one === undefined ? [] : advanced(states[i] ?? [], one, code)
    if (one === undefined || (one.wanted ? state.length === 0 : matchesAll(state, one))) return null
    next.push(state)
  }
  return next
}

function advanced(state: State, { tokens, ignoreCase }: Automaton, code: number): State {
  const seen = ignoreCase ? lower(code) : code
  const next: number[] = []
  for (const place of state) {
    const token = tokens[place] ?? END
    if (stays(token, code)) enter(place, tokens, next)
    else if (consumes(token, seen)) enter(place + 1, tokens, next)
  }
  return next
}

/** Whatever follows, an unwanted pattern that ends in a star has matched. */
function matchesAll(state: State, { tokens }: Automaton): boolean {
  return state.some((place) => tokens[place] === STAR && tokens[place + 1] === END)
}

function stays(token: number, code: number): boolean {
  if (token === STAR) return true
  if (token === FIELD_STAR) return code !== COLON
  if (token > NAME_STAR) return false
  return CODES.get(token)?.has(code) === true && isStar(token)
}

function consumes(token: number, code: number): boolean {
  if (token === code || token === ANY) return true
  if (token === FIELD_ANY) return code !== COLON
  if (token > NAME_STAR) return false
  return CODES.get(token)?.has(code) === true && !isStar(token)
}

function lower(code: number): number {
  return String.fromCharCode(code).toLowerCase().charCodeAt(0)
}

function upper(code: number): number {
  return String.fromCharCode(code).toUpperCase().charCodeAt(0)
}

/** The characters that some pattern asks for here, those at which wildcards stop, and one that stands for all others of its kind. */
function codesAt(states: readonly State[], automata: readonly Automaton[], other: number): ReadonlySet<number> {
  const codes = new Set<number>()
  const kinds = new Set<ReadonlySet<number>>()
  automata.forEach(({ tokens, ignoreCase }, i) => {
    for (const place of states[i] ?? []) {
      const token = tokens[place] ?? END
      if (token >= 0) codes.add(token)
      if (token >= 0 && ignoreCase) codes.add(upper(token))
      if (token === FIELD_STAR || token === FIELD_ANY) codes.add(COLON)
      const kind = CODES.get(token)
      if (kind !== undefined) kinds.add(kind)
    }
  })
  if (kinds.size > 0) codes.add(SLASH)
  codes.add(other)
  // Of several kinds, one of each character that they tell apart.
  for (const kind of kinds.size > 1 ? [DIGIT_CODES, LETTER_CODES, SIGN_CODES] : kinds) addOneOf(kind, codes, other)
  return codes
}

/** One that nothing asks for here; where everything is asked for, there is nothing to add. */
function addOneOf(kind: ReadonlySet<number>, codes: Set<number>, other: number): void {
  if (kind.has(other)) return
  for (const code of kind)
    if (!codes.has(code)) {
      codes.add(code)
      return
    }
}

/** A character that no pattern asks for. */
function otherThan(automata: readonly Automaton[]): number {
  const asked = new Set(automata.flatMap(({ tokens }) => tokens))
  const isAsked = (code: number) => asked.has(code) || asked.has(lower(code))
  for (const code of NAME_CODES) if (!isAsked(code)) return code
  return 0x4e00
}
