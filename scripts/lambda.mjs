// What is a Lambda function here, and how it is bundled. Run from the project's root.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The options a Lambda function is bundled with; `npm run bench` bundles its floor with the same. */
export const lambdaOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
}

/** Folders of functions/ that are Lambda functions: all but the command. */
export function lambdaFunctions() {
  return readdirSync('functions', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'command-line')
    .map((entry) => entry.name)
    .filter((name) => existsSync(join('functions', name, 'index.ts')))
}
