import { defineConfig } from 'vitest/config'

/** Tables, and a few pairs for the slow evaluator. The laws would notice more, and each mutant that survives would pay for them. */
export default defineConfig({
  test: {
    include: ['test/policy/{compare,decided,differences,real-changes,same-trust,witness}.test.ts'],
    env: { FUZZ_PAIRS: '40' },
    testTimeout: 30_000,
  },
})
