import { describe, expect, it } from 'vitest'
import { eventsIn } from '../../shared/events-in.ts'
import { signalFrom } from '../../shared/signal.ts'
import { enveloped, record } from './record.ts'

const queued = (body: unknown) => ({ messageId: 'm', eventSource: 'aws:sqs', body })

describe('what comes in is unfolded', () => {
  it.each<[string, unknown, readonly unknown[]]>([
    ['one event', enveloped(record()), [enveloped(record())]],
    ['a bare record', record(), [record()]],
    ['a CloudTrail file', { Records: [record(), record()] }, [record(), record()]],
    [
      'an SQS batch: the bodies as they are',
      { Records: [queued('{"a":1}'), queued('not JSON')] },
      ['{"a":1}', 'not JSON'],
    ],
    ['a message whose body is no text', { Records: [queued(7)] }, [7]],
    ['a list of events', [record(), enveloped(record())], [record(), enveloped(record())]],
    ['a list of files', [{ Records: [record()] }, { Records: [] }], [record()]],
    ['an empty file', { Records: [] }, []],
    ['records that are no list', { Records: 'none' }, [{ Records: 'none' }]],
    ['a list in a list, handed on', [[record()]], [[record()]]],
    ['text, handed on', 'text', ['text']],
    ['nothing, handed on', null, [null]],
  ])('%s', (_, value, events) => {
    expect([...eventsIn(value)]).toEqual(events)
  })

  it('so that a strange message is told and not dropped', () => {
    const kinds = [...eventsIn({ Records: [queued('{'), null, 7, queued(null)] })].map(
      (event) => signalFrom(event).kind,
    )
    expect(kinds).toEqual(Array(4).fill('unreadable'))
  })
})
