/** What to look for in bytes so that names are found: a few letters, chosen so that memory is searched fast. Pure. */

export interface Needle {
  readonly letters: Buffer
  /** The names that hold it, and how far from their beginning. */
  readonly names: readonly { readonly name: Buffer; readonly offset: number }[]
}

/** Node.js looks for what is shorter than eight bytes by its first byte (memchr), for what is longer five times as slowly. */
const LONGEST = 7

/** Names that begin alike are looked for together: looking once more costs more than looking closer here and there. */
const ALIKE = 6

/** Capital letters by how often they stand in CloudTrail's records, rarest first. */
const RAREST_FIRST = 'QXJKYWUZGHFBLOVPMNDCEISTRA'

/** @param names of events: words that begin with capital letters */
export function needlesFor(names: readonly string[]): readonly Needle[] {
  const choices = names.map(choiceFor)
  const heads = new Set(choices.map(({ letters }) => letters.slice(0, ALIKE)))
  return [...heads].map((head) => {
    const alike = choices.filter(({ letters }) => letters.startsWith(head))
    return { letters: Buffer.from(sharedBy(alike.map(({ letters }) => letters))), names: alike }
  })
}

interface Choice {
  readonly letters: string
  readonly name: Buffer
  readonly offset: number
}

/** From the beginning of that word whose first letter is rarest, and with the quote that ends the name where it is short. */
function choiceFor(name: string): Choice {
  const quoted = `${name}"`
  const places = [...name.matchAll(/[A-Z]/g)].map(({ index }) => index).filter((at) => at + LONGEST <= quoted.length)
  const [offset = 0] = places.sort((one, other) => rank(name, one) - rank(name, other))
  return { letters: quoted.slice(offset, offset + LONGEST), name: Buffer.from(quoted), offset }
}

function rank(name: string, at: number): number {
  return RAREST_FIRST.indexOf(name.charAt(at))
}

/** What all begin with. */
function sharedBy(texts: readonly string[]): string {
  const [first = ''] = texts
  const length = Array.from(first).findIndex((letter, at) => texts.some((text) => text.charAt(at) !== letter))
  return length < 0 ? first : first.slice(0, length)
}
