// Short polling in the browser: the same with `fetch`.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { fetchOpen, post, text } from '../shared/fetch-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { sleep } from '../shared/sleep.ts'
import { type Answer, readAnswer } from './read-answer.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, intervalMs = 1_000 } = options
  const messages = new URL('/messages', url)

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    while (!signal?.aborted) {
      const { arrivals, more } = await poll(messages, after, options)
      for (const arrival of arrivals) {
        after = arrival.id
        yield arrival
      }
      if (!more) await sleep(intervalMs, signal)
    }
  }

  return resuming(connect, (data) => post(messages, data, options), options)
}

export async function poll(
  messages: URL,
  after: string | undefined,
  { signal, heartbeatMs = 15_000 }: SubscribeOptions,
): Promise<Answer> {
  // #region ask
  // The cursor goes into the URL: from a page of another port, a header of our
  // own would cost a second request, CORS's preflight.
  const url = new URL(messages)
  if (after !== undefined) url.searchParams.set('after', after)
  const response = await fetchOpen(url, { signal }, 2 * heartbeatMs)
  // #endregion ask
  const { status, headers } = response
  const content = await text(response, heartbeatMs)
  return readAnswer(status, headers.get('etag'), headers.get('link'), content)
}
