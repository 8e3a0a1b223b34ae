// HTTP streaming in the browser: `fetch` hands out the answer while it arrives.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { chunks, fetchOpen, post } from '../shared/fetch-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { expectLines } from './expect-lines.ts'
import { decodeLines } from './json-lines.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, heartbeatMs = 15_000 } = options
  const messages = new URL('/messages', url)

  // #region read
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const from = new URL(messages)
    if (after !== undefined) from.searchParams.set('after', after)
    const response = await fetchOpen(from, { signal })
    expectLines(response.headers.get('content-type'))
    for await (const line of decodeLines(chunks(response, heartbeatMs)))
      yield line as Arrival
  }
  // #endregion read

  return resuming(connect, (data) => post(messages, data, options), options)
}
