import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkTrust, findingKeys, newFindings } from '../../shared/check.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { rules } from '../../shared/rules/index.ts'
import type { Example, Rule } from '../../shared/rules/rule.ts'
import { caseOf, judgeExample } from './judge-example.ts'

interface RuleFile {
  readonly rule?: Rule
  readonly examples?: readonly Example[]
  readonly whenNotToUse?: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const ids = readdirSync(`${root}shared/rules`)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'rule' && name !== 'index')
const files = await Promise.all(ids.map(load))

async function load(id: string): Promise<RuleFile> {
  return import(`${root}shared/rules/${id}.ts`)
}

describe('a rule is a file that is complete', () => {
  test.each(ids)('%s is named after its file, listed once, exemplified both ways and documented', (id) => {
    const page = readFileSync(`${root}docs/rules.md`, 'utf8')
    expect(missing(id, page)).toEqual([])
  })

  test('every listed rule has a file, and no id or code stands for two', () => {
    expect(rules.map((rule) => rule.id).toSorted()).toEqual(ids.toSorted())
    expect(new Set(rules.map((rule) => rule.code)).size).toBe(rules.length)
  })

  test('a rule gives way only to rules there are', () => {
    expect(rules.flatMap((rule) => rule.yieldsTo ?? []).filter((id) => !ids.includes(id))).toEqual([])
  })
})

function missing(id: string, page: string): readonly string[] {
  const file = files[ids.indexOf(id)]
  const faults = {
    'export `rule`': file?.rule === undefined,
    'the file’s name as its id': file?.rule?.id !== id,
    'a line in index.ts': rules.filter((rule) => rule === file?.rule).length !== 1,
    'an example that fires': file?.examples?.some((example) => 'fires' in example) !== true,
    'a near miss': file?.examples?.some((example) => 'silent' in example) !== true,
    'a code of its family': !/^[A-Z]{3}-\d\d$/.test(file?.rule?.code ?? ''),
    'AWS documentation': !file?.rule?.reference?.startsWith('https://docs.aws.amazon.com/'),
    'a word on when not to use it': !file?.whenNotToUse,
    'a section in docs/rules.md (npm run docs)': !page.includes(`\n## ${id}\n`),
  }
  return Object.entries(faults).flatMap(([what, isMissing]) => (isMissing ? [`${id} lacks ${what}`] : []))
}

const cases = files.flatMap(({ rule, examples = [] }) =>
  rule === undefined ? [] : examples.map((example) => ({ rule, example, name: example.name })),
)

describe.each(ids)('%s', (id) => {
  const own = cases.filter(({ rule }) => rule.id === id)

  test.each(own)('$name', ({ example }) => {
    const severities = judgeExample(example)
      .filter((finding) => finding.rule === id)
      .map(({ severity }) => severity)
    expect([...new Set(severities)]).toEqual('fires' in example ? [example.fires] : [])
  })

  test.each(own.filter(({ example }) => 'fires' in example))('proposes what the example says: $name', ({ example }) => {
    const [finding] = judgeExample(example).filter(({ rule }) => rule === id)
    const proposed: unknown = finding?.fix ? JSON.parse(finding.fix.policy) : null
    expect(proposed).toEqual('fires' in example ? example.fixed : null)
  })
})

describe('what a rule says it needs', () => {
  const firing = cases.filter(({ example }) => 'fires' in example)
  const always = (id: string, has: (example: Example) => boolean) =>
    firing.filter(({ rule }) => rule.id === id).every(({ example }) => has(example))

  test.each(rules)('$id', ({ id, needs }) => {
    const change = always(id, (example) => example.change !== undefined)
    const workload = always(id, ({ about }) => about?.workload !== undefined)
    expect(needs).toBe(change ? 'change' : workload ? 'workload' : undefined)
  })
})

describe('the three laws of a fix', () => {
  const fixes = cases.flatMap(({ rule, example, name }) =>
    judgeExample(example).flatMap((finding) =>
      finding.rule === rule.id && finding.fix !== null ? [{ rule, example, name, fixed: finding.fix.policy }] : [],
    ),
  )

  test.each(fixes)('the rule falls silent: $rule.id, $name', ({ rule, example, fixed }) => {
    const after = judgeExample({ ...example, policy: JSON.parse(fixed) })
    expect(after.filter((finding) => finding.rule === rule.id)).toEqual([])
  })

  test.each(fixes)('IAM takes the result, and somebody still gets in: $rule.id, $name', ({ example, fixed }) => {
    expect(parseTrust(fixed).problems).toEqual([])
    expect(compareTrust(null, fixed, example.about).gained).not.toEqual([])
  })

  test.each(fixes)('nobody gains by it: $rule.id, $name', ({ example, fixed }) => {
    const { gained, undecided } = compareTrust(JSON.stringify(example.policy), fixed, example.about)
    expect({ gained, undecided }).toEqual({ gained: [], undecided: [] })
  })

  test('there are fixes to hold the laws against', () => {
    expect(new Set(fixes.map(({ rule }) => rule.id))).toEqual(
      new Set([
        'public-role',
        'foreign-account',
        'self-grant',
        'deleted-principal',
        'time-is-over',
        'old-version',
        'redundant-statement',
        'wrong-partition',
        'any-subject',
        'open-owner',
        'abusable-first-claim',
        'whole-organisation',
        'whole-gitlab-group',
        'pull-requests-admitted',
        'pattern-never-matches',
        'reusable-name',
      ]),
    )
  })
})

describe('what every finding says', () => {
  const findings = cases.flatMap(({ example }) => judgeExample(example))

  test('who and through which statement', () => {
    const place = ({ statement }: (typeof findings)[number]) => `statement ${(statement ?? -1) + 1}`
    const silentOnWhere = findings.filter((finding) => !finding.says.toLowerCase().includes(place(finding)))
    expect(silentOnWhere.filter(({ statement }) => statement !== null)).toEqual([])
  })

  test('nothing twice: what the policy before had is not new, and none of it is missed', () => {
    for (const { example } of cases) {
      const one = caseOf(example)
      const again = newFindings(one, (asked) => findingKeys(one, asked))
      expect(again).toEqual({ findings: [], old: judgeExample(example).length })
    }
  })

  test('an example that needs no history is judged alike by the package API', () => {
    for (const { example } of cases.filter(({ example }) => example.change === undefined)) {
      expect(checkTrust(JSON.stringify(example.policy), example.about).findings).toEqual(judgeExample(example))
    }
  })
})
