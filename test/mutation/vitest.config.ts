import { defineConfig } from 'vitest/config'

/** Only the tables of what judges single calls: properties and comparisons would notice too, and take seconds for every mutant. */
export default defineConfig({
  test: {
    include: ['test/policy/{evaluate,accompanying,keys,decision,because,parts,values,callers-own,presence}.test.ts'],
    testTimeout: 30_000,
  },
})
