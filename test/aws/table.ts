/** What dynalite does not know of a table: point-in-time recovery and deletion protection. */

import { type Answer, type Call, jsonAnswer } from './wire.ts'

export interface FakeTable {
  recovery: 'ENABLED' | 'DISABLED'
  protected: boolean
}

export function fakeTable(): FakeTable {
  return { recovery: 'ENABLED', protected: true }
}

/** @param passOn asks dynalite */
export async function tableAnswer({ action }: Call, table: FakeTable, passOn: () => Promise<Answer>): Promise<Answer> {
  if (action === 'DescribeContinuousBackups') {
    const recovery = { PointInTimeRecoveryStatus: table.recovery }
    const backups = { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: recovery }
    return jsonAnswer({ ContinuousBackupsDescription: backups })
  }
  const answer = await passOn()
  if (action !== 'DescribeTable' || answer.status !== 200) return answer
  const { Table } = JSON.parse(String(answer.body))
  return jsonAnswer({ Table: { ...Table, DeletionProtectionEnabled: table.protected } })
}
