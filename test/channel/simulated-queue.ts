/** A small SQS: visibility, receive counts, dead letters; and Lambda's two pollers of it. On a simulated clock. */

import type { ChannelQueue, Queued } from '../../shared/channel/channel.ts'
import type { Delivered } from '../../shared/channel/deliver.ts'
import type { SimulatedClock } from './simulated-clock.ts'

/** As in template.yaml. */
export interface QueueNumbers {
  readonly visibilitySeconds: number
  readonly maxReceiveCount: number
  readonly batchSize: number
  readonly windowSeconds: number
  readonly functionSeconds: number
}

interface Held {
  readonly id: string
  readonly body: string
  readonly sentAt: string
  visibleAt: number
  received: number
  /** Only the latest receipt counts, as in SQS. */
  receipt: string
}

export interface SimulatedQueue extends ChannelQueue {
  send(body: string, id?: string): void
  /** Delivers the message a second time soon, as SQS may. */
  duplicate(id: string): void
  receive(most: number): readonly Queued[]
  remove(message: Queued): void
  readonly dead: { readonly body: string; readonly why: string }[]
  waiting(): number
  /** Moves every dead letter back, as start-message-move-task does. */
  redrive(): void
}

export function simulatedQueue(clock: SimulatedClock, numbers: QueueNumbers): SimulatedQueue {
  const held = new Map<string, Held>()
  const dead: { body: string; why: string }[] = []
  let count = 0
  const send = (body: string, id = `message-${count}`) => {
    count += 1
    held.set(id, {
      id,
      body,
      sentAt: new Date(clock.now()).toISOString(),
      visibleAt: clock.now(),
      received: 0,
      receipt: '',
    })
  }
  return {
    dead,
    send,
    duplicate: (id) => {
      const message = held.get(id)
      if (message) message.visibleAt = clock.now()
    },
    receive: (most) => {
      const visible = [...held.values()].filter(({ visibleAt }) => visibleAt <= clock.now())
      for (const gone of visible.filter(({ received }) => received >= numbers.maxReceiveCount)) {
        held.delete(gone.id)
        dead.push({ body: gone.body, why: 'received too often' })
      }
      const alive = visible.filter(({ received }) => received < numbers.maxReceiveCount).slice(0, most)
      return alive.map((message) => taken(message, clock.now() + numbers.visibilitySeconds * 1_000))
    },
    remove: ({ id }) => void held.delete(id),
    waiting: () => held.size,
    redrive: () => {
      for (const { body } of dead.splice(0)) send(body)
    },
    bury: async ({ body }, why) => void dead.push({ body, why }),
    postpone: async (messages, seconds) => {
      if (seconds > 43_200) throw new Error('SQS hides nothing for more than twelve hours')
      for (const { id, receipt } of messages) {
        const message = held.get(id)
        if (message?.receipt === receipt) message.visibleAt = clock.now() + seconds * 1_000
      }
    },
  }
}

function taken(message: Held, visibleAt: number): Queued {
  message.received += 1
  message.visibleAt = visibleAt
  message.receipt = `${message.id}#${message.received}`
  const { id, body, sentAt, receipt } = message
  return { id, body, sentAt, receipt }
}

/** One invocation; `timeLeft` is Lambda's own. */
export type Invoke = (messages: readonly Queued[], timeLeft: () => number) => Promise<Delivered>

/** One of Lambda's pollers: gathers a batch, invokes, removes what did not fail. What hangs is ended when its time is over. */
export async function poll(
  queue: SimulatedQueue,
  {
    clock,
    numbers,
    invoke,
  }: { readonly clock: SimulatedClock; readonly numbers: QueueNumbers; readonly invoke: Invoke },
): Promise<never> {
  for (;;) {
    const batch = await gather(queue, clock, numbers)
    const end = clock.now() + numbers.functionSeconds * 1_000
    const ended = clock.sleep(numbers.functionSeconds * 1_000).then(() => null)
    const delivered = await Promise.race([invoke(batch, () => end - clock.now()), ended])
    if (delivered === null) continue
    for (const message of batch) if (!delivered.failed.includes(message.id)) queue.remove(message)
  }
}

async function gather(queue: SimulatedQueue, clock: SimulatedClock, numbers: QueueNumbers) {
  for (;;) {
    const first = queue.receive(numbers.batchSize)
    if (first.length === numbers.batchSize) return first
    if (first.length === 0) {
      await clock.sleep(1_000)
      continue
    }
    await clock.sleep(numbers.windowSeconds * 1_000)
    return [...first, ...queue.receive(numbers.batchSize - first.length)]
  }
}
