/** Runs the built command as its users do: another process, its three streams, its exit code. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const BUILT = fileURLToPath(new URL('../../dist/command-line/index.js', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Options {
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
}

/** The command while it runs, in an environment of its own. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  if (!existsSync(BUILT)) throw new Error('The command is not built: npm run build')
  const child = spawn(process.execPath, [BUILT, ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
  })
  // A command that ends before it has read everything closes the pipe.
  child.stdin.on('error', () => {})
  return child
}

export function trustdrift(args: readonly string[], { stdin = '', env = {} }: Options = {}): Promise<Ran> {
  const child = start(args, env)
  const chunks = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    chunks.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    chunks.stderr += text
  })
  child.stdin.end(stdin)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...chunks }))
  })
}

/** Standard output as one JSON a line. */
export function linesOf({ stdout }: Ran): readonly unknown[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}
