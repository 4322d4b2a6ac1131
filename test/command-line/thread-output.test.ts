/** What a thread tells the main thread to write, from threads that really run. */

import { setTimeout as after } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import type { Output } from '../../functions/command-line/streams.ts'
import { outcomeOf } from '../../functions/command-line/thread-output.ts'

it('is written in order, and all of it before the thread is said to have ended', async () => {
  const { output, written } = slowOutput()
  const thread = threadOf(`
    tell({ kind: 'note', lines: ['account 1', 'and 2'] })
    tell({ kind: 'progress', text: 'half' })
    tell({ kind: 'write', text: 'one ' })
    tell({ kind: 'write', text: 'two' })
    tell({ kind: 'ended', code: 3 })`)
  expect(await outcomeOf(thread, output)).toBe(3)
  expect(written).toEqual(['note account 1, and 2', 'progress half', 'write one ', 'write two'])
})

it('is no success where the thread ends without a word', async () => {
  await expect(outcomeOf(threadOf('process.exit(0)'), slowOutput().output)).rejects.toThrow('ended with 0')
})

it('says what the thread could not survive', async () => {
  await expect(outcomeOf(threadOf('throw new Error("no more")'), slowOutput().output)).rejects.toThrow('no more')
  const greedy = threadOf('const all = []; for (;;) all.push(new Array(1e5).fill({}))', { maxOldGenerationSizeMb: 8 })
  await expect(outcomeOf(greedy, slowOutput().output)).rejects.toThrow('memory limit')
})

function threadOf(code: string, resourceLimits = {}): Worker {
  return new Worker(
    `const tell = (message) => require('node:worker_threads').parentPort.postMessage(message);${code}`,
    {
      eval: true,
      resourceLimits,
    },
  )
}

/** A reader that takes its time. */
function slowOutput() {
  const written: string[] = []
  const output: Output = {
    note: (...lines) => written.push(`note ${lines.join(', ')}`),
    progress: (text) => written.push(`progress ${text}`),
    write: async (text) => {
      await after(text.length * 5)
      written.push(`write ${text}`)
    },
  }
  return { output, written }
}
