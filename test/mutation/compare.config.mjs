// Mutation testing of the comparison and its witnesses: `npm run mutate:compare`, outside CI. The rest is as in stryker.config.mjs.
import { fileURLToPath } from 'node:url'
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
  'demand',
  'clock-link',
  'mfa-link',
  'network-link',
  'organization-link',
  'source-link',
  'tag-link',
  'hit',
  'lane',
  'solve-key',
  'language',
  'characters',
  'sample',
  'fillings',
  'text-set',
  'stage',
  'cell',
  'account-class',
  'canonical',
  'admit',
  'narrow',
  'whole',
  'exceptions',
  'covering',
  'contrast',
  'same-trust',
  'recall',
  'complement',
]

export default {
  ...base,
  mutate: names.map((name) => `shared/policy/${name}.ts`),
  testRunner: 'in-process',
  plugins: [fileURLToPath(new URL('in-process.mjs', import.meta.url))],
  // Most tests take milliseconds; a mutant that goes on for ever is ended soon.
  timeoutMS: 8000,
  tempDirName: '.stryker-tmp/compare',
  jsonReporter: { fileName: '.stryker-tmp/compare.json' },
}
