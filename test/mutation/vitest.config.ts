import { defineConfig } from 'vitest/config'

/** Only what judges single calls: the comparison's tests would notice too, and take minutes for every mutant. */
export default defineConfig({
  test: {
    include: ['test/policy/{evaluate,because,parts,agreement}.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 30_000,
  },
})
