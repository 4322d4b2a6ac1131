/** Alerts to a person or a program at the terminal instead of a topic. Where the text goes is the caller's. */

import type { Alert } from '../alert.ts'
import type { Outbox } from '../ports.ts'
import { renderAlert } from '../render/terminal.ts'
import type { TerminalOptions } from '../render/terminal-layout.ts'
import { isAtLeast, type Severity } from '../severity.ts'

/** Resolves once the text is taken; throws where it cannot be. */
export type Write = (text: string) => Promise<void>

/** Every alert, one JSON a line. */
export function jsonOutbox(write: Write): Outbox {
  return { publish: (alert) => write(`${JSON.stringify(alert)}\n`) }
}

/** Alerts at or above `notifyAt` in words, each followed by an empty line; a test alert always. */
export function textOutbox(write: Write, options: TerminalOptions & { readonly notifyAt: Severity }): Outbox {
  return {
    publish: async (alert) => {
      if (isNotified(alert, options.notifyAt)) await write(`${renderAlert(alert, options)}\n`)
    },
  }
}

export function isNotified(alert: Alert, notifyAt: Severity): boolean {
  return alert.kind === 'test' || isAtLeast(alert.severity, notifyAt)
}
