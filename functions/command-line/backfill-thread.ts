/** Entrance of the thread in which a backfill runs. Wiring only. */

import { parentPort, workerData } from 'node:worker_threads'
import { type BackfillOrder, backfill } from './backfill-run.ts'
import { failed } from './failed.ts'
import { outputThrough } from './thread-output.ts'

if (parentPort === null) throw new Error('this runs in a thread that the trustdrift command starts')
const output = outputThrough(parentPort)
const order: BackfillOrder = workerData
output.end(await backfill(order, output).catch((error: unknown) => failed(error, output)))
