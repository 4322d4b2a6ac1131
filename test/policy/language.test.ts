import { describe, expect, it } from 'vitest'
import { budget } from '../../shared/policy/budget.ts'
import {
  FIELD_ANY,
  FIELD_STAR,
  type Glob,
  glob,
  ID_ANY,
  ID_STAR,
  NAME_ANY,
  NAME_STAR,
} from '../../shared/policy/glob.ts'
import { findText, type Member } from '../../shared/policy/language.ts'

const of = (globs: readonly Glob[], wanted: boolean, ignoreCase = false): Member => ({ globs, wanted, ignoreCase })
const like = (...patterns: readonly string[]) => of(patterns.map(glob), true)
const unlike = (...patterns: readonly string[]) => of(patterns.map(glob), false)
const anyCase = (...patterns: readonly string[]) => of(patterns.map(glob), true, true)
const inNoCase = (...patterns: readonly string[]) => of(patterns.map(glob), false, true)
const without = (...tokens: readonly number[]) => of([tokens], false)
const SIGNS = '_+=,.@-'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const CAPITALS = LETTERS.toUpperCase()
const NAMES = `${LETTERS}${CAPITALS}${DIGITS}${SIGNS}`
const name = of([[NAME_ANY, NAME_STAR]], true)
const id = of([[ID_ANY, ID_STAR]], true)
const numbers = Array.from({ length: 300 }, (_, i) => String(i))

// name, patterns, the shortest text; null: there is none
const TEXTS: readonly (readonly [string, readonly Member[], string | null])[] = [
  ['nothing asked, nothing said', [], ''],
  ['a star may be nothing', [like('*')], ''],
  ['a text that is no pattern', [like('ab')], 'ab'],
  ['a question mark is a readable letter', [like('?')], 'x'],
  ['and the next, where that is taken', [like('?'), unlike('x')], 'y'],
  ['in whatever case it is taken', [like('?'), inNoCase('X')], 'y'],
  ['no letter and no digit', [like('?'), inNoCase(...LETTERS, ...DIGITS)], '_'],
  ['nothing that names are made of', [like('?'), inNoCase(...LETTERS, ...DIGITS, ...SIGNS)], '一'],
  ['not what it is', [like('a'), unlike('a')], null],
  ['not whatever follows', [like('a*'), unlike('a*')], null],
  ['nothing but what is longer', [like('a*'), unlike('a?*')], 'a'],
  ['one of two', [like('a', 'b'), unlike('a')], 'b'],
  ['two at once', [like('a*'), like('*b')], 'ab'],
  ['two at once that overlap', [like('aba*'), like('*ab')], 'abab'],
  ['two that never meet', [like('a*'), like('b*')], null],
  ['in any case', [anyCase('AB')], 'ab'],
  ['in any case, with a star', [anyCase('A*'), like('?b')], 'ab'],
  ['in any case but this', [anyCase('a'), unlike('a')], 'A'],
  ['in any case, and in this', [anyCase('ab'), like('?B')], 'aB'],
  ['a colon, at which the fields of an ARN end', [like('?'), without(FIELD_ANY)], ':'],
  ['a colon, behind whatever it ends', [like('?*'), without(FIELD_STAR)], ':'],
  ['a field without a colon', [of([[FIELD_STAR, 58]], true), like('?*:')], 'x:'],
  ['a slash, which no name has', [like('?'), without(NAME_ANY)], '/'],
  ['a slash, behind whatever it ends', [like('?*'), without(NAME_STAR)], '/'],
  ['a name', [name, unlike('?')], 'xx'],
  ['a name that begins as none of these, which ask for every letter there is', [name, unlike('q*', `q${NAMES}`)], 'x'],
  ['an id, not in capitals', [id, like('?*'), inNoCase('x*')], 'y'],
  ['an id that is no capital', [id, like('A*')], null],
  ['an id with every letter taken but one', [id, unlike('??*', ...LETTERS.replace('m', ''), ...DIGITS)], 'm'],
  ['an id that begins as none of these, which ask for every letter there is', [id, unlike('q*', `q${NAMES}`)], 'x'],
  ['a slash, which no id has', [like('?'), without(ID_ANY), without(NAME_ANY)], '/'],
  ['a slash, behind whatever ends an id', [like('?*'), without(ID_STAR), without(NAME_STAR)], '/'],
  ['a name that is no id', [name, without(ID_ANY), unlike('??*')], 'A'],
  ['the last sign of names that is no id', [name, without(ID_ANY), unlike('??*', ...CAPITALS, ...'_+=,.@')], '-'],
  ['not any of three hundred', [unlike(...numbers.map((number) => `*${number}`)), like('abc')], 'abc'],
  [
    'the one of three hundred that is left',
    [like(...numbers), unlike(...numbers.filter((one) => one !== '217'))],
    '217',
  ],
  ['a text longer than anybody writes', [like('a'.repeat(40_000))], 'a'.repeat(40_000)],
]

describe('the shortest text that matches some of each and none of those', () => {
  it.each(TEXTS)('%s', (_, members, text) => {
    expect(findText(members, budget(Number.MAX_SAFE_INTEGER))).toBe(text)
  })

  it('is not looked for beyond what work is left', () => {
    const [all, some] = [budget(10_000), budget(5)]
    expect([findText([like('a'.repeat(20))], all), findText([like('a'.repeat(20))], some)]).toEqual([
      'a'.repeat(20),
      undefined,
    ])
    expect(all.left).toBeLessThan(9990)
  })
})
