/** What ships stays small: every kilobyte is loaded at each cold start. `npm run bench bundles` holds it against the packages alone. */

import { statSync } from 'node:fs'
import { expect, test } from 'vitest'

test.each([
  ['dist/trust-change/index.js', 840],
  ['dist/sweep/index.js', 800],
  ['dist/slack/index.js', 640],
  ['dist/mail/index.js', 560],
  ['dist/app-runner/index.js', 865],
  ['dist/command-line/index.js', 300],
])('%s is at most %d KB', (file, most) => {
  expect(statSync(file).size / 1024).toBeLessThanOrEqual(most)
})
