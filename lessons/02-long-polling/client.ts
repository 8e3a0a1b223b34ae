// Long polling, client side: ask, and ask again as soon as there is an answer.

import { poll } from '../01-short-polling/client.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { post, reusingAgent } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, heartbeatMs = 25_000 } = options
  const messages = new URL('/messages', url)

  // #region poll
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const agent = reusingAgent(messages)
    // An answer may take a whole heartbeat; after two of them the server, or
    // the way to it, is dead.
    const patient = { ...options, heartbeatMs }
    try {
      while (!signal?.aborted) {
        const { arrivals } = await poll(messages, agent, after, patient)
        for (const arrival of arrivals) {
          after = arrival.id
          yield arrival
        }
      }
    } finally {
      agent.destroy()
    }
  }
  // #endregion poll

  return resuming(connect, (data) => post(messages, data, options), options)
}
