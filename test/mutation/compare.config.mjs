// Mutation testing of the comparison and its witnesses: `npm run mutate:compare`, outside CI. The rest is as in stryker.config.mjs.
import base from './stryker.config.mjs'

/** The first are those a wrong claim would come from. `npm run mutate:compare -- --mutate shared/policy/search.ts` runs one. */
const names = [
  'certify',
  'search',
  'compare',
  'differences',
  'state',
  'comparison',
  'side',
  'variable',
  'link',
  'hit',
  'solve-key',
  'language',
  'sample',
  'text-set',
  'stage',
  'cell',
  'account-class',
  'canonical',
  'admit',
  'same-trust',
]

export default {
  ...base,
  mutate: names.map((name) => `shared/policy/${name}.ts`),
  vitest: { configFile: 'test/mutation/vitest.compare.config.ts', related: false },
  tempDirName: '.stryker-tmp/compare',
  jsonReporter: { fileName: '.stryker-tmp/compare.json' },
}
