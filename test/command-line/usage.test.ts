import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asLines, closed, OWN, scratch, trustWritten } from './samples.ts'
import { BUILT, start, trustdrift } from './trustdrift.ts'

const file = scratch()

/** The built file and everything it imports before it runs. */
function loadedAtStart(path: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  if (seen.has(path)) return seen
  const imports = readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)
  const all = new Set([...seen, path])
  return [...imports].reduce<ReadonlySet<string>>(
    (loaded, match) => loadedAtStart(join(dirname(path), match[1] ?? ''), loaded),
    all,
  )
}

describe('how the command is used', () => {
  it('starts without the AWS SDK', () => {
    // The name of IAM's API, which the client's bundle holds.
    const isIam = (path: string) => readFileSync(path, 'utf8').includes('AWSIdentityManagementV20100508')
    const loaded = [...loadedAtStart(BUILT)]
    expect(loaded.filter(isIam)).toEqual([])
    expect(readdirSync(dirname(BUILT)).filter((name) => isIam(join(dirname(BUILT), name)))).not.toEqual([])
    expect(loaded.length).toBeGreaterThan(1)
  })

  it('help names the verbs, gives examples and tells the exit codes', async () => {
    const { code, stdout, stderr } = await trustdrift(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/replay.*check.*diff.*can.*sweep/s)
    expect(stdout).toMatch(/Examples:.*Exit codes:/s)
  })

  it("every verb's help shows its examples and the options every verb has", async () => {
    for (const verb of ['replay', 'check', 'diff', 'can', 'sweep']) {
      const { code, stdout } = await trustdrift([verb, '--help'])
      expect(code).toBe(0)
      expect(stdout).toMatch(/--fail-on.*Examples:/s)
    }
  })

  it('the version is a number', async () => {
    const { code, stdout } = await trustdrift(['--version'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([
    [[]],
    [['frobnicate']],
    [['check']],
    [['check', '--format', 'xml', 'x.json']],
    [['check', '--fail-on', 'sometimes', 'x.json']],
    [['check', '--account', '1234', 'x.json']],
    [['check', '--endpoint-url', 'localhost', 'x.json']],
    [['check', '--frobnicate', 'x.json']],
    [['diff', 'only-one.json']],
    [['diff', '-', '-']],
    [['replay', 'missing.json']],
    [['can', '111122223333']],
    [['can', 'somebody', 'x.json']],
    [['can', '111122223333', 'missing.json']],
    [['can', '111122223333', 'x.json', '--context', 'sts:ExternalId']],
    [['can', '111122223333', 'x.json', '--context', 'ExternalId=x']],
    [['can', '111122223333', 'x.json', '--action', 's3:GetObject']],
    [['replay', '-', '--aws', '--world', 'x.json']],
  ])('wrong usage is 2, with nothing on standard output: %j', async (args) => {
    const { code, stdout, stderr } = await trustdrift(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('tells every fault of the configuration at once, and does nothing', async () => {
    const config = file('bad.json', '{\n "notifyAt": "loud",\n "trusted": []\n}')
    const { code, stdout, stderr } = await trustdrift(['check', '-', '--config', config], {
      stdin: JSON.stringify(closed),
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/bad\.json:2:14 \/notifyAt must be one of/)
    expect(stderr).toMatch(/bad\.json:3:13 \/trusted is no setting/)
  })

  it('notes what the configuration says without effect, and goes on', async () => {
    const config = file('later.json', {
      trustedAccounts: [{ id: '444455556666', label: 'Backup vendor', reason: 'copies', expires: '2026-01-01' }],
      vendors: [],
    })
    const { code, stderr } = await trustdrift(['check', '-', '--config', config, '--account', OWN], {
      stdin: JSON.stringify(closed),
    })
    expect(code).toBe(0)
    expect(stderr).toMatch(/Backup vendor \(444455556666\) expired 2026-01-01 and no longer counts/)
    expect(stderr).toMatch(/not applied by this version yet: vendors/)
  })

  it.each([
    ['check', (deep: string) => ['check', deep]],
    ['diff', (deep: string) => ['diff', '/dev/null', deep]],
    ['the configuration', (deep: string) => ['check', '-', '--config', deep]],
  ])('a text that nests without end is 2, with words: %s', async (_, args) => {
    const deep = file('deep.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    const { code, stdout, stderr } = await trustdrift(args(deep), { stdin: JSON.stringify(closed) })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/nests too deeply/)
  })

  it('is coloured only where somebody sees it, or wants it', async () => {
    const policy = file('public.json', {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
    })
    const coloured = async (env: Record<string, string>, ...args: readonly string[]) =>
      (await trustdrift(['check', policy, ...args], { env })).stdout.includes('\u001b[')
    expect(await coloured({})).toBe(false)
    expect(await coloured({ FORCE_COLOR: '1' })).toBe(true)
    expect(await coloured({ FORCE_COLOR: '0' })).toBe(false)
    expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false)
    expect(await coloured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false)
  })

  it('a reader that has seen enough ends it without a word', async () => {
    const many = file(
      'many.ndjson',
      asLines(Array.from({ length: 3000 }, (_, index) => trustWritten(index % 60, closed, `r${index}`))),
    )
    const child = start(['replay', many, '--format', 'json'])
    let stderr = ''
    child.stderr.on('data', (text) => {
      stderr += text
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'close')
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' })
  })

  it('an interrupt ends it with 130', async () => {
    const child = start(['replay', '-', '--format', 'json'])
    child.stdin.write(asLines([trustWritten(1, 'nobody can read this')]))
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([130, null])
  })
})
