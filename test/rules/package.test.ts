import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a user of the package might write. It is compiled against the built types and run against the built code. */
const CONSUMER = `
import { checkTrust, compareTrust, evaluateTrust, parseTrust } from 'trustdrift'
import type { Alert, Change, Comparison, Config, Evaluation, Finding, Problem, Request, RoleContext, Severity, TrustPolicy, Undecided, Verdict } from 'trustdrift'

const about: RoleContext = { account: '111122223333' }
const closed = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const open = closed.replace('"Service":"ec2.amazonaws.com"', '"AWS":"999988887777"')

const parsed: { policy: TrustPolicy; problems: Problem[] } = parseTrust(open)
const checked: { problems: Problem[]; findings: Finding[] } = checkTrust(open, about)
const compared: Comparison = compareTrust(closed, open, about)
const verdict: Verdict = compared.verdict
const gained: readonly Change[] = compared.gained
const undecided: readonly Undecided[] = compared.undecided
const witness: Request | undefined = gained[0]?.witness
const answer: Evaluation | null = witness === undefined ? null : evaluateTrust(open, witness, about)
const severity: Severity | undefined = checked.findings[0]?.severity
const config: Config = { notifyAt: 'medium' }
export type Told = Pick<Alert, 'headline'>
// @ts-expect-error: a verdict is one of five words
export const wrong: Verdict = 'fine'

console.log(JSON.stringify({
  problems: parsed.problems.length + undecided.length, verdict, decision: answer?.decision, rule: checked.findings[0]?.rule, severity,
  nobody: compareTrust(open, null).verdict, notifyAt: config.notifyAt,
}))
`

describe('the built package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'))

  beforeAll(() => {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules', 'trustdrift'), 'dir')
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'consumer.ts'), CONSUMER)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is typed and works for whoever imports it by name', () => {
    expect(compile()).toEqual({ status: 0, stdout: '' })
    const { stdout, stderr } = spawnSync(process.execPath, ['consumer.js'], { cwd: folder, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      problems: 0,
      verdict: 'both',
      decision: 'allow',
      rule: 'foreign-account',
      severity: 'high',
      nobody: 'narrowed',
      notifyAt: 'medium',
    })
  })

  test('carries no examples and no AWS', () => {
    const code = readFileSync(join(root, 'dist', 'api', 'index.js'), 'utf8')
    expect(code).toContain('foreign-account')
    expect(code).not.toContain('A whole foreign account is let in')
    expect(code).not.toMatch(/@aws-sdk|@smithy|process\.env/)
  })

  function compile() {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const flags = '--strict --exactOptionalPropertyTypes --target es2022 --module nodenext --types'.split(' ')
    const { status, stdout } = spawnSync(process.execPath, [tsc, 'consumer.ts', ...flags, '', '--ignoreConfig'], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { status, stdout }
  }
})
