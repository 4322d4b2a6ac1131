import { expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { expectGolden } from '../golden.ts'
import { ABOUT } from './build.ts'
import { PAIRS } from './real-changes.ts'

/** One change as a person reads it. */
function told(before: string | null, after: string | null): readonly string[] {
  const { verdict, gained, lost, undecided } = compareTrust(before, after, ABOUT)
  return [
    verdict,
    ...gained.map(({ severity, says }) => `+ ${severity}: ${says}`),
    ...lost.map(({ severity, says }) => `- ${severity}: ${says}`),
    ...undecided.map(({ says, path }) => `? ${says} (${path})`),
  ]
}

it('what teams do to their roles reads as what it means', () => {
  const entries = PAIRS.map(([name, before, after]) => `${name}\n    ${told(before, after).join('\n    ')}\n`)
  expectGolden('changes.txt', entries.join('\n'))
})

it('all of it is decided', () => {
  const open = PAIRS.filter(([, before, after]) => compareTrust(before, after, ABOUT).undecided.length > 0)
  expect(open.map(([name]) => name)).toEqual([])
  expect(PAIRS.length).toBeGreaterThanOrEqual(60)
})
