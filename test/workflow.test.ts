/** The workflow that forks run: the same steps as .ci/run, no rights beyond reading, no action that can be swapped under it. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { isMapping, type Json, type JsonMap, list, map } from './template/document.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const source = read('.github/workflows/ci.yml')
const parsed: Json = parse(source)
const workflow = map(parsed)
const check = map(map(workflow.jobs).check)
const steps: readonly JsonMap[] = list(check.steps).filter(isMapping)

describe('the workflow', () => {
  it('runs what .ci/run runs, in that order', () => {
    const wanted = read('.ci/run').match(/^npm .*$/gm)
    expect(steps.flatMap((step) => list(step.run))).toEqual(wanted)
  })

  it('runs it on Node 20, 22 and 24', () => {
    expect(map(check.strategy).matrix).toEqual({ node: [20, 22, 24] })
  })

  it('has the browser that the tests start', () => {
    expect(map(check.env)).toEqual({ CHROMIUM_PATH: '/usr/bin/google-chrome' })
    const started = read('test/browser/chromium.ts')
    expect(started).toContain("process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'")
    expect(read('.ci/run')).toMatch(/! -x \/usr\/bin\/chromium [\s\S]*apt-get install [^\n]* chromium /)
  })

  it('may read the code and nothing else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(check).not.toHaveProperty('permissions')
    expect(source).not.toContain('secrets.')
  })

  it('pins every action by its commit and says which version that is', () => {
    const uses = source.match(/uses: .*/g) ?? []
    expect(uses.length).toBe(2)
    for (const each of uses) expect(each).toMatch(/^uses: [a-z-]+\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })
})
