/** Does each function take the messages of its queue? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import { madeAnew, type Stack } from './stack.ts'

export interface Mapping {
  readonly uuid: string
  /** `Enabled`, `Disabled`, `Creating` … */
  readonly state: string
  /** ARN of the queue. */
  readonly source: string
}

export interface Consumer {
  readonly logicalId: string
  readonly mappings: Answer<readonly Mapping[]>
  /** ARN of its queue. */
  readonly queue: Answer<string>
}

export function consumerCheck({ logicalId, mappings, queue }: Consumer, stack: Stack): Check {
  const subject: Subject = {
    id: `consumer:${logicalId}`,
    title: `${logicalId}, event source`,
    why: 'Without an enabled event source mapping the messages wait in the queue until they are lost.',
  }
  if (queue.kind === 'not-known') return notKnown(subject, queue)
  if (mappings.kind === 'not-known') return notKnown(subject, mappings)
  if (mappings.kind === 'missing') return failed(subject, 'the function does not exist', madeAnew(stack))
  const own = mappings.value.find(({ source }) => queue.kind === 'known' && source === queue.value)
  if (own === undefined) return failed(subject, 'no event source mapping leads to it', madeAnew(stack))
  if (own.state === 'Enabled') return ok(subject, 'its event source mapping is enabled')
  const found = `its event source mapping is in state ${own.state}`
  if (own.state.endsWith('ing') && !/^Dis|^Del/.test(own.state))
    return warned(subject, found, toDo('Lambda is at work: run doctor again in a minute.'))
  const command = awsCommand(stack, 'lambda update-event-source-mapping', { uuid: own.uuid, enabled: null })
  return failed(subject, found, toDo('Enable it.', command))
}
