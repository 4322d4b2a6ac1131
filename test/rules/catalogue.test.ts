import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { notCovered, saidElsewhere } from '../../shared/catalogue.ts'
import { rules } from '../../shared/rules/index.ts'

/** How many things to look for each family counts. */
const FAMILIES = { PUB: 11, XAC: 18, PRI: 9, SVC: 15, APR: 10, FED: 27, CND: 16, STR: 9, DRF: 10, EVT: 11 }

const codes = [...rules, ...saidElsewhere, ...notCovered].map(({ code }) => code)

test('everything known to look for is a rule, said elsewhere, or owned up to, once', () => {
  const wanted = Object.entries(FAMILIES).flatMap(([family, count]) =>
    Array.from({ length: count }, (_, n) => `${family}-${String(n + 1).padStart(2, '0')}`),
  )
  expect(wanted.filter((code) => !codes.includes(code))).toEqual([])
  expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([])
})

test('what is said elsewhere names rules that there are', () => {
  const named = saidElsewhere.flatMap(({ by }) => [...by.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, id]) => id))
  const ids = new Set(rules.map(({ id }) => id))
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((id) => id === undefined || !ids.has(id))).toEqual([])
})

test('the page says both', () => {
  const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')
  const missing = [...saidElsewhere, ...notCovered].filter(({ code, what }) => !page.includes(`- ${code}, ${what}: `))
  expect(missing).toEqual([])
})
