/** What a thread writes: only the main thread holds the process's streams, and is told. */

import type { MessagePort, Worker } from 'node:worker_threads'
import type { Output } from './streams.ts'

type Message =
  | { readonly kind: 'write' | 'progress'; readonly text: string }
  | { readonly kind: 'note'; readonly lines: readonly string[] }
  | { readonly kind: 'ended'; readonly code: number }

/** In the thread. What is written arrives in order; nobody waits for it here. */
export function outputThrough(port: MessagePort): Output & { readonly end: (code: number) => void } {
  const tell = (message: Message) => port.postMessage(message)
  return {
    write: async (text) => tell({ kind: 'write', text }),
    note: (...lines) => tell({ kind: 'note', lines }),
    progress: (text) => tell({ kind: 'progress', text }),
    end: (code) => tell({ kind: 'ended', code }),
  }
}

/**
 * In the main thread: writes what the thread tells.
 * @returns the code it ends with, once everything is written
 * @throws where the thread ends without a word, as it does for want of memory
 */
export async function outcomeOf(thread: Worker, output: Output): Promise<number> {
  let written = Promise.resolve()
  const code = await new Promise<number>((resolve, reject) => {
    thread.on('message', (message: Message) => {
      if (message.kind === 'ended') resolve(message.code)
      else if (message.kind === 'note') output.note(...message.lines)
      else if (message.kind === 'progress') output.progress(message.text)
      else written = written.then(() => output.write(message.text))
    })
    thread.on('error', reject)
    thread.on('exit', (status) => reject(new Error(`the thread that reads the past ended with ${status}`)))
  })
  await written
  return code
}
