/** The process's three streams, as the verbs need them: machine output out, notes aside, colour only where somebody sees it. */

import { once } from 'node:events'
import { escapeForTerminal } from '../../shared/render/escape-terminal.ts'
import { EXIT } from './exit.ts'

/** What a verb writes while it runs. */
export interface Output {
  /** Standard output. Waits while the reader is slower than we are. */
  readonly write: (text: string) => Promise<void>
  /** Standard error, in lines that say whose they are; escaped. */
  readonly note: (...lines: readonly string[]) => void
  /** Standard error, a line that the next one replaces; nothing where nobody watches. */
  readonly progress: (text: string) => void
}

export interface Streams extends Output {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Columns; 100 where there is no terminal. */
  readonly width: number
  readonly coloured: boolean
}

const CLEAR_LINE = '\r\u001b[K'

export function streamsOf(process: NodeJS.Process): Streams {
  const { stdin, stdout, stderr } = process
  quietly(process)
  let pending = false
  const clear = () => {
    if (pending) stderr.write(CLEAR_LINE)
    pending = false
  }
  return {
    stdin,
    write: async (text) => {
      clear()
      if (!stdout.write(text)) await once(stdout, 'drain')
    },
    note: (...lines) => {
      clear()
      stderr.write(`trustdrift: ${lines.map(escapeForTerminal).join('\n')}\n`)
    },
    progress: (text) => {
      if (!stderr.isTTY) return
      pending = text !== ''
      stderr.write(`${CLEAR_LINE}${escapeForTerminal(text)}`)
    },
    // A terminal that does not know its width says 0.
    width: stdout.columns || 100,
    coloured: isColoured(process.env, stdout.isTTY),
  }
}

/** https://no-color.org: any non-empty NO_COLOR. FORCE_COLOR=0 is "off" for those who set it so. */
function isColoured(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return isTerminal && env.TERM !== 'dumb'
}

/** A reader that has seen enough (`| head`) ends the command as it ends every other: without a word. So does Ctrl-C. */
function quietly(process: NodeJS.Process): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.closed)
    process.stderr.write(`trustdrift: standard output cannot be written: ${error.message}\n`)
    process.exit(EXIT.failed)
  })
  // Where standard error is closed, there is nobody left to tell.
  process.stderr.on('error', () => process.exit(EXIT.failed))
  process.on('SIGINT', () => process.exit(EXIT.interrupted))
}
