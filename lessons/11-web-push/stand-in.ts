// A page in the place of the browser: it collects from the push service of this
// lesson. Pages get no server push, so it asks for each message.

import { decodeLines } from '../03-http-streaming/json-lines.ts'
import { SubscribeError, type SubscribeOptions } from '../lesson.ts'
import { connectionError } from '../shared/connection-error.ts'
import { chunks, fetchOpen } from '../shared/fetch-client.ts'
import { Queue } from '../shared/queue.ts'
import type { Arrival } from '../shared/resuming.ts'
import { fetching } from './fetching.ts'
import type { Pushed, UserAgent } from './user-agent.ts'

export async function* standIn(
  agent: UserAgent,
  url: URL,
  options: SubscribeOptions,
  after: string | undefined,
): AsyncGenerator<Arrival> {
  const { heartbeatMs = 15_000 } = options
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, options.signal ?? over.signal])
  const pushes = new Queue<Pushed>()

  // #region collect
  const wire = {
    ask: fetching(url, { ...options, signal }),
    async hold(subscription: string) {
      const held = await fetchOpen(new URL(subscription, url), { signal })
      collect(held).then(
        () => pushes.end(),
        (error) => pushes.end(error),
      )
    },
  }

  async function collect(held: Response): Promise<void> {
    for await (const line of decodeLines(chunks(held, heartbeatMs))) {
      const { path } = line as { path: string }
      const body = fetchBytes(path)
      body.catch(() => {}) // Whoever waits for it is told.
      pushes.put({ path, body })
    }
  }
  // #endregion collect

  async function fetchBytes(path: string): Promise<Uint8Array> {
    try {
      const response = await fetchOpen(new URL(path, url), { signal })
      return new Uint8Array(await response.arrayBuffer())
    } catch (error) {
      // It has expired on the way here, or the connection broke within it: the
      // next connection brings what there is.
      if (error instanceof TypeError) throw connectionError(error)
      const isGone =
        error instanceof SubscribeError && [404, 410].includes(error.status)
      throw isGone ? connectionError(error) : error
    }
  }

  try {
    const start = await agent.open(wire, after)
    yield { id: start }
    yield* agent.receive(pushes, wire, start)
  } finally {
    over.abort()
  }
}
