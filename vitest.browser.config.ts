import { defineConfig } from 'vitest/config'

/** What only a browser can judge. CHROMIUM_PATH names one; else Debian's is taken. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
