// Long polling, client side: ask, and ask again as soon as there is an answer.

import { poll } from '../01-short-polling/client.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { post } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, heartbeatMs = 25_000 } = options
  const messages = new URL('/messages', url)

  // #region poll
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    while (!signal?.aborted) {
      // The answer may take a whole heartbeat; after two of them the server,
      // or the way to it, is dead.
      const answer = await poll(messages, after, { ...options, heartbeatMs })
      for (const arrival of answer.arrivals) {
        after = arrival.id
        yield arrival
      }
    }
  }
  // #endregion poll

  return resuming(connect, (data) => post(messages, data, options), options)
}
