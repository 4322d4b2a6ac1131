import { describe, expect, it } from 'vitest'
import { mutator } from '../../fuzz/mutate.ts'
import { parseFault, parseTarget } from '../../fuzz/parse.ts'
import { allow, own, policy, withCondition } from './build.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_261_121)
const runs = Number(process.env.FUZZ_RUNS ?? 300) * 20

/** Documents that a parser trips over, those among them that ours did. */
const CASES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a byte order mark alone', '\ufeff'],
  ['NUL', '\u0000'],
  ['half a surrogate as a key', '{"\ud800":1,"\ud800":2}'],
  ['half an escape', '{"Statement":"\\u'],
  [
    'a key that is a prototype',
    '{"Statement":{"__proto__":{"Effect":"Allow"},"Condition":{"__proto__":{"__proto__":1}}}}',
  ],
  ['a number beyond all', withCondition({ NumericEquals: { 'aws:x': 'N' } }).replace('"N"', '1e999')],
  ['a hundred thousand brackets', '['.repeat(100_000)],
  ['a hundred thousand keys', `{${'"a":1,'.repeat(100_000)}"b":2}`],
  ['a thousand statements', policy(...Array.from({ length: 1000 }, () => allow(own)))],
  ['a megabyte of white space', `${' '.repeat(1_000_000)}${policy(allow(own))}`],
  ['a megabyte of lines', '\n'.repeat(1_000_000)],
  ['a megabyte of quotes', '"'.repeat(1_000_000)],
  ['a megabyte of escapes', `"${'\\\\'.repeat(500_000)}`],
]

describe('whatever comes in', () => {
  it.each(CASES)('%s: no throw, and every problem is inside the text', (_, text) => {
    expect(parseFault(text)).toBeNull()
  })

  it('mutated trust policies: no throw, no hang, and every problem is inside the text', () => {
    const { failure, figures } = parseTarget.fuzz({ runs, seed })
    expect(failure).toBeNull()
    // Mutations that only ever make no JSON would prove little.
    const codes = Number(/(\d+) codes:/.exec(figures.join('\n'))?.[1])
    const clean = Number(/(\d+) without a problem/.exec(figures.join('\n'))?.[1])
    expect(codes).toBeGreaterThan(25)
    expect(clean).toBeGreaterThan(runs / 100)
  })

  it('a seed makes the same documents again, and another seed others', () => {
    const texts = (from: number) => {
      const next = mutator(from)
      return Array.from({ length: 200 }, () => next().text)
    }
    expect(texts(seed)).toEqual(texts(seed))
    expect(texts(seed)).not.toEqual(texts(seed + 1))
  })
})
