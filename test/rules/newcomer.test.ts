/** CONTRIBUTING.md's steps for a rule, walked in a scratch copy of the tree by somebody who knows nothing else. */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const TREE = ['shared', 'scripts', 'docs', 'test/rules', 'test/golden', 'test/setup.ts']
const FILES = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'README.md']

describe('a newcomer adds a rule by the steps alone', () => {
  const tree = mkdtempSync(join(tmpdir(), 'newcomer-'))
  beforeAll(() => {
    for (const path of [...TREE, ...FILES]) cpSync(join(root, path), join(tree, path), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir')
  })
  afterAll(() => rmSync(tree, { recursive: true }))

  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(tree, path), change(readFileSync(join(tree, path), 'utf8')))
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
    return { status, text: `${stdout}${stderr}` }
  }
  const tests = () =>
    run(
      'node_modules/vitest/vitest.mjs',
      'run',
      ...['rules', 'catalogue', 'labelled'].map((name) => `test/rules/${name}`),
    )

  test('the steps are those that CONTRIBUTING.md names', () => {
    const steps = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
    for (const step of [
      'Copy the rule nearest to yours',
      '`shared/rules/index.ts`',
      '`npm run docs`',
      'names whatever is missing',
    ])
      expect(steps).toContain(step)
  })

  test('copied but not listed, the tests say what is missing', () => {
    // Steps 1 to 4: a copy under another name, with another code.
    cpSync(join(tree, 'shared/rules/user-with-keys.ts'), join(tree, 'shared/rules/user-elsewhere.ts'))
    edit('shared/rules/user-elsewhere.ts', (text) =>
      text.replace("id: 'user-with-keys'", "id: 'user-elsewhere'").replace("code: 'XAC-17'", "code: 'XAC-99'"),
    )
    const { status, text } = tests()
    expect(status).toBe(1)
    expect(text).toContain('user-elsewhere lacks a line in index.ts')
    expect(text).toContain('user-elsewhere lacks a section in docs/rules.md (npm run docs)')
  })

  test('listed, but without a bad policy in the table, the tests say so', () => {
    edit('shared/rules/index.ts', (text) =>
      text
        .replace(
          'import { rule as userWithKeys }',
          "import { rule as userElsewhere } from './user-elsewhere.ts'\nimport { rule as userWithKeys }",
        )
        .replace('readonly Rule[] = [', 'readonly Rule[] = [userElsewhere,'),
    )
    const { status, text } = tests()
    expect(status).toBe(1)
    expect(text).toContain('has a bad policy for every rule')
    expect(text).toContain('"user-elsewhere"')
  })

  test('labelled and documented, everything passes, and the page and the README have it', () => {
    edit('test/rules/labelled/bad-accounts.ts', (text) =>
      text.replace(
        'export const badAccounts: readonly Labelled[] = [',
        `export const badAccounts: readonly Labelled[] = [
  bad(['user-elsewhere', 'low'], 'Somebody elsewhere', null,
    trust(allow({ AWS: 'arn:aws:iam::444455556666:user/somebody' })), { about: ORG }),`,
      ),
    )
    expect(run('scripts/docs.mjs')).toEqual({ status: 0, text: '' })
    expect(tests()).toMatchObject({ status: 0 })
    expect(readFileSync(join(tree, 'docs/rules.md'), 'utf8')).toContain('\n## user-elsewhere\n')
    expect(readFileSync(join(tree, 'README.md'), 'utf8')).toContain('docs/rules.md#user-elsewhere')
  })
}, 120_000)
