/** Is there a text that matches some pattern of each of these unions and none of those? Exact, by walking all patterns at once. */

import { type Budget, spend } from './budget.ts'
import { ANY, FIELD_ANY, FIELD_STAR, type Glob, NAME_ANY, NAME_STAR, STAR } from './glob.ts'

/** A union of patterns that the text must match, or must not. */
export interface Member {
  readonly globs: readonly Glob[]
  readonly wanted: boolean
  readonly ignoreCase: boolean
}

/** Where a walk may stand in all patterns of one union at once: a bit for each position. */
interface Automaton {
  readonly start: bigint
  readonly accept: bigint
  readonly advance: (state: bigint, code: number) => bigint
}

const COLON = 58

/** The shortest such text; null when there is none; undefined when the budget does not suffice to tell. */
export function findText(members: readonly Member[], within: Budget): string | null | undefined {
  const automata = members.map(automaton)
  const alphabet = alphabetOf(members)
  // A step moves every union over every character; wide unions take as many words of 64 positions.
  const words = members.reduce((sum, { globs }) => sum + 1 + globs.reduce((n, g) => n + g.length, 0) / 64, 0)
  const cost = 1 + Math.ceil((alphabet.length * words) / 2)
  const begin = automata.map((a) => a.start)
  const seen = new Set([begin.join()])
  let front: { readonly states: readonly bigint[]; readonly text: string }[] = [{ states: begin, text: '' }]
  while (front.length > 0) {
    const next: typeof front = []
    for (const { states, text } of front) {
      if (!spend(within, cost)) return undefined
      if (accepts(states, members, automata)) return text
      for (const code of alphabet) {
        const moved = automata.map((a, i) => a.advance(states[i] ?? 0n, code))
        const key = moved.join()
        if (seen.has(key) || isDead(moved, members)) continue
        seen.add(key)
        next.push({ states: moved, text: text + String.fromCharCode(code) })
      }
    }
    front = next
  }
  return null
}

function accepts(states: readonly bigint[], members: readonly Member[], automata: readonly Automaton[]): boolean {
  return states.every((state, i) => ((state & (automata[i]?.accept ?? 0n)) !== 0n) === members[i]?.wanted)
}

function isDead(states: readonly bigint[], members: readonly Member[]): boolean {
  return states.some((state, i) => state === 0n && members[i]?.wanted === true)
}

function automaton({ globs, ignoreCase }: Member): Automaton {
  const tokens: number[] = []
  let start = 0n
  let accept = 0n
  for (const pattern of globs) {
    start |= 1n << BigInt(tokens.length)
    for (const token of pattern) tokens.push(token)
    accept |= 1n << BigInt(tokens.length)
    // One position more for the end; nothing leads on from there.
    tokens.push(Number.NaN)
  }
  const stars = maskOf(tokens, (token) => token === STAR || token === FIELD_STAR || token === NAME_STAR)
  const steps = new Map<number, { readonly move: bigint; readonly stay: bigint }>()
  const masks = (code: number) => {
    const known = steps.get(code)
    if (known !== undefined) return known
    const fresh = {
      move: maskOf(tokens, (token) => consumes(token, code, ignoreCase)),
      stay: maskOf(tokens, (token) => stays(token, code)),
    }
    steps.set(code, fresh)
    return fresh
  }
  const advance = (state: bigint, code: number) => {
    const { move, stay } = masks(code)
    return close(((state & move) << 1n) | (state & stay), stars)
  }
  return { start: close(start, stars), accept, advance }
}

/** A star may stand for nothing: a walk before it stands behind it too. */
function close(state: bigint, stars: bigint): bigint {
  let closed = state
  for (;;) {
    const wider = closed | ((closed & stars) << 1n)
    if (wider === closed) return closed
    closed = wider
  }
}

function stays(token: number, code: number): boolean {
  return token === STAR || (token === FIELD_STAR && code !== COLON) || (token === NAME_STAR && isInNames(code))
}

function consumes(token: number, code: number, ignoreCase: boolean): boolean {
  if (token === ANY) return true
  if (token === FIELD_ANY) return code !== COLON
  if (token === NAME_ANY) return isInNames(code)
  return token === code || (ignoreCase && token >= 0 && lower(token) === lower(code))
}

function lower(code: number): string {
  return String.fromCharCode(code).toLowerCase()
}

function maskOf(tokens: readonly number[], test: (token: number) => boolean): bigint {
  let mask = 0n
  tokens.forEach((token, i) => {
    if (test(token)) mask |= 1n << BigInt(i)
  })
  return mask
}

/** What names of roles and users are made of (IAM API reference, CreateRole), the readable first. */
const IN_NAMES = 'xyzabcdefghijklmnopqrstuvw0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_+=,.@-'
const NAME_CODES: ReadonlySet<number> = new Set(Array.from(IN_NAMES, (character) => character.charCodeAt(0)))

function isInNames(code: number): boolean {
  return NAME_CODES.has(code)
}

/** The characters that occur, in both cases where case is ignored, and one that stands for all others. */
function alphabetOf(members: readonly Member[]): readonly number[] {
  const codes = new Set<number>([COLON])
  for (const { globs, ignoreCase } of members)
    for (const pattern of globs)
      for (const token of pattern) {
        if (token < 0) continue
        codes.add(token)
        if (ignoreCase) for (const c of [lower(token), lower(token).toUpperCase()]) codes.add(c.charCodeAt(0))
      }
  for (const other of NAME_CODES) if (!codes.has(other)) return [...codes, other]
  return [...codes, 0x4e00]
}
