import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { rules } from '../../shared/rules/index.ts'

const script = fileURLToPath(new URL('../../scripts/docs.mjs', import.meta.url))

function runDocs(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stderr }
}

function folderWith(readme: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'README.md'), readme)
  return folder
}

test('docs/rules.md and the README say what the rules say', () => {
  expect(runDocs('--check')).toEqual({ status: 0, stderr: '' })
})

test('the README’s table names every rule, between the markers only', () => {
  const folder = folderWith('Before\n<!-- rules:begin -->\nold\n<!-- rules:end -->\nAfter\n')
  expect(runDocs(folder).status).toBe(0)
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  expect(readme).toMatch(/^Before\n<!-- rules:begin -->\n\|[\s\S]*\|\n<!-- rules:end -->\nAfter\n$/)
  expect(rules.filter(({ id, title }) => !readme.includes(`(docs/rules.md#${id}) | ${title} |`))).toEqual([])
})

test('a README without markers is left alone, and a stale page is told', () => {
  const folder = folderWith('No table here\n')
  const { status, stderr } = runDocs('--check', folder)
  expect(status).toBe(1)
  expect(stderr).toContain('rules.md is stale: run npm run docs')
  expect(stderr).not.toContain('README.md')
})
