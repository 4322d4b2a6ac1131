/** A call whose failure is an answer too: doctor goes on with the next check. */

import { type Answer, known } from '../../doctor/answer.ts'
import { ask, PortError } from '../failure.ts'

/** @param call e.g. `EventBridge DescribeRule`; @param read makes the value out of what came */
export async function answered<Output, T>(
  call: string,
  output: Promise<Output>,
  read: (output: Output) => T,
): Promise<Answer<T>> {
  try {
    return known(read(await ask(call, output)))
  } catch (error) {
    if (!(error instanceof PortError)) throw error
    return error.failure === 'missing' ? { kind: 'missing' } : { kind: 'not-known', why: error.message }
  }
}
