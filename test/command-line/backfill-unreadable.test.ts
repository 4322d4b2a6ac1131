/** What a folder of logs may hold that cannot be read: each is named, nothing is waited for, and the rest is read. */

import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { call, places, told } from './past.ts'
import { closed, OWN } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const { file, newMemory, logsOf } = places()

const written = call('UpdateAssumeRolePolicy', 1, {
  requestParameters: { roleName: 'deploy', policyDocument: JSON.stringify(closed) },
})

/** What is missing, and that the one event there is was read. */
async function missingIn(folder: string): Promise<readonly string[]> {
  const args = ['backfill', '--account', OWN, '--format', 'json', '--memory', newMemory()]
  const ran = await trustdrift([...args, '--logs', folder])
  const { missing, events, complete } = told(ran)
  expect({ events, complete, code: ran.code }).toEqual({
    events: 1,
    complete: missing.length === 0,
    code: missing.length === 0 ? 0 : 3,
  })
  return missing.map(({ what, why }) => `${relative(folder, what.replace('the file ', ''))}: ${why}`)
}

it('a pipe into which nobody writes, a socket and a device', async () => {
  const folder = logsOf([written])
  execFileSync('mkfifo', [join(folder, 'pipe.json.gz')])
  symlinkSync('/dev/zero', join(folder, 'zero.json'))
  const server = createServer().listen(join(folder, 'socket.json'))
  await new Promise((resolve) => server.on('listening', resolve))
  expect(await missingIn(folder)).toEqual([
    'pipe.json.gz: it is no file but a named pipe',
    'socket.json: it is no file but a socket',
    'zero.json: it is no file but a device',
  ])
  server.close()
})

it('links to nowhere, to themselves, and to folders, whatever they are called', async () => {
  const folder = logsOf([written])
  const elsewhere = dirname(file('elsewhere/b.json', { Records: [] }))
  symlinkSync('/nowhere', join(folder, 'gone.json.gz'))
  symlinkSync('loop.json', join(folder, 'loop.json'))
  symlinkSync(elsewhere, join(folder, '2026'))
  symlinkSync(elsewhere, join(folder, 'year.json'))
  expect(await missingIn(folder)).toEqual([
    '2026: it is no file but a link to a folder, which is not followed: name that folder',
    expect.stringMatching(/^gone\.json\.gz: ENOENT/),
    expect.stringMatching(/^loop\.json: ELOOP/),
    'year.json: it is no file but a link to a folder, which is not followed: name that folder',
  ])
})

it('a folder that is named like a log is a folder', async () => {
  const folder = logsOf([])
  file(join(relative(dirname(file('x', '')), folder), 'b.json.gz', 'c.json'), { Records: [written] })
  expect(await missingIn(folder)).toEqual([])
})

it('a file that is not ours to read, or whose reading fails', async () => {
  const folder = logsOf([written])
  // A regular file that answers every read with an error, to whomever; elsewhere than on Linux it is not there.
  symlinkSync('/proc/self/mem', join(folder, 'broken.json'))
  const forbidden = join(folder, 'forbidden.json')
  file(relative(dirname(file('x', '')), forbidden), { Records: [] })
  chmodSync(forbidden, 0)
  // Nothing is forbidden to root.
  const root = process.getuid?.() === 0
  expect(await missingIn(folder)).toEqual([
    expect.stringMatching(/^broken\.json: (EIO|ENOENT)/),
    ...(root ? [] : [expect.stringMatching(/^forbidden\.json: EACCES/)]),
  ])
})

it('a folder that cannot be looked into', async () => {
  const folder = logsOf([written])
  const inside = join(folder, 'd'.repeat(250), 'e'.repeat(250), 'deep')
  // Its path is longer than the system allows: made elsewhere, and moved there.
  const longest = process.platform === 'linux' ? 4_096 : 1_024
  const parts = Array.from({ length: Math.floor((longest - 300) / 251) }, () => `${'f'.repeat(245)} 2026`)
  const outside = join(dirname(folder), 'deep')
  mkdirSync(join(outside, ...parts), { recursive: true })
  mkdirSync(dirname(inside), { recursive: true })
  renameSync(outside, inside)
  try {
    expect(await missingIn(folder)).toEqual([
      expect.stringMatching(/f 2026: it is a folder that cannot be looked into: ENAMETOOLONG$/),
    ])
  } finally {
    renameSync(inside, outside)
  }
})

it('a link to what cannot be looked at', async () => {
  const folder = logsOf([written])
  symlinkSync('x'.repeat(300), join(folder, '2027'))
  symlinkSync('nowhere', join(folder, '2028'))
  expect(await missingIn(folder)).toEqual([expect.stringMatching(/^2027: ENAMETOOLONG/)])
})

it('a pipe named by hand, where the logs are to be read twice', async () => {
  const pipe = join(dirname(file('pipes/a.json', { Records: [] })), 'pipe')
  execFileSync('mkfifo', [pipe])
  const ran = await trustdrift(['backfill', '--used', '--memory', newMemory(), '--logs', pipe])
  expect(ran.code).toBe(2)
  expect(ran.stderr).toContain('can be read only once: name a file or a folder')
})
