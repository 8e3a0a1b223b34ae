// One measurement of one server, in processes of its own.

import { startReaderProcess, startServerProcess } from './processes.ts'

export interface Delivery {
  /** CPU time of the server for one message to one subscriber. */
  readonly cpuUsPerDelivery: number
  readonly deliveries: number
}

/**
 * What it costs the server to deliver messages of 64 bytes, 50 of them a second.
 *
 * @throws Error when a delivery is missing: a server that drops is not cheap
 */
export async function measureDelivery(
  module: string,
  subscribers: number,
  messages: number,
): Promise<Delivery> {
  await using server = startServerProcess(module)
  const { port } = await server.ready
  await using readers = startReaderProcess(port, subscribers)
  await readers.ready

  const publish = { do: 'publish', everyMs: 20, bytes: 64 } as const
  // The first messages warm the code up.
  const before = await server.ask({ ...publish, messages: 50 })
  const after = await server.ask({ ...publish, messages })

  const expected = subscribers * (50 + messages)
  const received = await countUntil(readers, expected)
  if (received !== expected)
    throw new Error(`${module} delivered ${received} of ${expected} messages.`)
  const deliveries = subscribers * messages
  return {
    deliveries,
    cpuUsPerDelivery: (after.cpuUs - before.cpuUs) / deliveries,
  }
}

export interface Idle {
  /** Resident memory of the server for each idle subscriber. */
  readonly kibPerSubscriber: number
  /** How many of them received the one message at the end. */
  readonly reached: number
}

/** What idle subscribers cost the server in memory, and whether it reaches them all. */
export async function measureIdle(
  module: string,
  subscribers: number,
): Promise<Idle> {
  await using server = startServerProcess(module)
  const { port } = await server.ready
  // The first connections load code that the others share.
  await using first = startReaderProcess(port, 100)
  await first.ready
  const before = await server.ask({ do: 'read' })
  await using readers = startReaderProcess(port, subscribers)
  await readers.ready
  const after = await server.ask({ do: 'read' })

  await server.ask({ do: 'publish', messages: 1, everyMs: 0, bytes: 64 })
  const reached = await countUntil(readers, subscribers)
  const bytes = after.residentBytes - before.residentBytes
  return { kibPerSubscriber: bytes / 1_024 / subscribers, reached }
}

/** What the readers have received, once it is `expected` or 10 s have passed. */
async function countUntil(
  readers: ReturnType<typeof startReaderProcess>,
  expected: number,
): Promise<number> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const { messages } = await readers.ask({ do: 'read' })
    if (messages >= expected || performance.now() > deadline) return messages
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
