// Mutation testing of what decides: `npm run mutate`, outside CI. survivors.md beside this file explains what survives.

/** The files that make up evaluate, condition and principal. `npm run mutate -- --mutate shared/policy/arn.ts` runs one. */
const names = [
  'evaluate',
  'accompanying',
  'caller-side',
  'session-length',
  'call',
  'action',
  'truth',
  'condition',
  'operator',
  'value',
  'keys',
  'glob',
  'moment',
  'address',
  'arn',
  'principal',
]

export default {
  mutate: names.map((name) => `shared/policy/${name}.ts`),
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  ignorePatterns: ['*', '!shared/**', '!test/**', '!fuzz/**', '!package.json', '!tsconfig*.json'],
  // TypeScript 7 has no API for Stryker to read it with, and nothing here needs it rewritten.
  tsconfigFile: 'none.json',
  tempDirName: '.stryker-tmp',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker-tmp/report.json' },
  thresholds: { high: 90, low: 80, break: 80 },
}
