import { defineConfig } from 'vitest/config'

/** Tables, and a few pairs for the slow evaluator. Laws and hard documents would notice more, and each mutant that survives pays for them. */
export default defineConfig({
  test: {
    include: ['test/policy/{compare,decided,differences,real-changes,same-trust,witness}.test.ts'],
    env: { FUZZ_PAIRS: '15' },
    // One process holds all files: loading them takes longer than most of them.
    isolate: false,
    testTimeout: 30_000,
  },
})
