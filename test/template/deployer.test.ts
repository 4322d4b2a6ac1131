/** The permissions that docs/first-ten-minutes.md says a deployment needs, beside what template.yaml deploys. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { list, map, resources, text } from './document.ts'

const page = readFileSync(new URL('../../docs/first-ten-minutes.md', import.meta.url), 'utf8')
const block = /### Permissions needed to deploy[\s\S]*?```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const statements = list(map(JSON.parse(block)).Statement).map(map)

/** CloudFormation's names of the services that IAM calls otherwise. */
const SERVICES: Readonly<Record<string, string>> = { serverless: 'lambda' }

it('reach every service that the template makes something of', () => {
  const allowed = new Set(
    statements.flatMap(({ Action = [] }) => list(Action)).map((action) => text(action).split(':')[0]),
  )
  const made = resources.map(({ type }) => (type.split('::')[1] ?? '').toLowerCase())
  expect(made.filter((service) => !allowed.has(SERVICES[service] ?? service))).toEqual([])
})

it('give no more of a service than what is named after the stack', () => {
  const wild = statements.filter(({ Action = [] }) => list(Action).some((action) => text(action).endsWith('*')))
  expect(wild).toHaveLength(1)
  const targets = wild.flatMap(({ Resource = [] }) => list(Resource)).map(text)
  expect(targets.filter((target) => !target.includes('trustdrift-'))).toEqual([])
})
