import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unifiedDiff } from '../../shared/render/unified-diff.ts'

const NAMES = { before: 'a.json', after: 'b.json' }

/** What `patch` makes of it, by the line numbers of each hunk. */
function patched(before: string, diff: readonly string[]): string {
  const old = before.split('\n')
  const now: string[] = []
  let taken = 0
  for (const line of diff.slice(2)) {
    const hunk = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line)
    if (hunk !== null) {
      const from = Number(hunk[1]) - 1
      now.push(...old.slice(taken, from))
      taken = from
      continue
    }
    const [sign, text] = [line.charAt(0), line.slice(1)]
    if (sign !== '+') expect(text).toBe(old[taken++])
    if (sign !== '-') now.push(text)
  }
  return [...now, ...old.slice(taken)].join('\n')
}

describe('a difference, line by line', () => {
  test('shows what goes and what comes, with the lines around', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].join('\n')
    const after = ['1', '2', '3', '4', 'five', '6', '7', '8', '9'].join('\n')
    expect(unifiedDiff(before, after, NAMES)).toEqual([
      '--- a.json',
      '+++ b.json',
      '@@ -2,7 +2,7 @@',
      ' 2',
      ' 3',
      ' 4',
      '-5',
      '+five',
      ' 6',
      ' 7',
      ' 8',
    ])
  })

  test('is nothing where nothing differs, and not shown where it would be endless', () => {
    expect(unifiedDiff('a\nb', 'a\nb', NAMES)).toEqual([])
    expect(unifiedDiff('a\n'.repeat(2_000), 'b', NAMES)).toBeNull()
  })

  test('makes the one text of the other, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 30 })
      .map((all) => all.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff(before, after, NAMES) ?? []
        expect(patched(before, diff)).toBe(after)
      }),
    )
  })
})
