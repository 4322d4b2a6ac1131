/** `--html <file>` → one page of every alert, or of the past. What the system says of the file is said with what to do; what a page looks like is not known here. */

import { open, writeFile } from 'node:fs/promises'
import type { Alert } from '../../shared/alert.ts'
import type { Backfill } from '../../shared/backfill/report.ts'
import { alertsPage } from '../../shared/render/html.ts'
import { backfillPage } from '../../shared/render/html-backfill.ts'
import { fileAdvice } from './file-advice.ts'

export interface PageFile {
  readonly add: (alert: Alert) => void
  /** @param note one sentence on what was read */
  readonly write: (note: string) => Promise<void>
}

/** @throws where the file cannot be written: said before anything is read, not after an hour of reading */
export async function pageFileAt(file: string): Promise<PageFile> {
  await touch(file)
  const alerts: Alert[] = []
  return {
    add: (alert) => {
      alerts.push(alert)
    },
    write: (note) => explaining(file, () => writeFile(file, alertsPage(alerts, note))),
  }
}

/** For the past. @throws where the file cannot be written: as for alerts */
export async function pastPageAt(file: string): Promise<(told: Backfill) => Promise<void>> {
  await touch(file)
  return (told) => explaining(file, () => writeFile(file, backfillPage(told)))
}

function touch(file: string): Promise<void> {
  return explaining(file, async () => (await open(file, 'a')).close())
}

async function explaining(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const advice = fileAdvice(error, 'written')
    if (advice === null) throw error
    throw new Error(`--html ${file} cannot be written: ${advice}`, { cause: error })
  }
}
