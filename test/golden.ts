/** Compares a text a person receives with the one under test/golden/ that was read and found good. `UPDATE_GOLDENS=1` rewrites it. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

/** @param name path below test/golden/ */
export function expectGolden(name: string, actual: string): void {
  const file = fileURLToPath(new URL(`golden/${name}`, import.meta.url))
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, actual)
    return
  }
  if (!existsSync(file))
    throw new Error(`No golden ${name} yet: run with UPDATE_GOLDENS=1, then read it as its reader would`)
  expect(actual).toBe(readFileSync(file, 'utf8'))
}
