// Long polling in the browser: the same with `fetch`.

import { poll } from '../01-short-polling/browser.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { post } from '../shared/fetch-client.ts'
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
