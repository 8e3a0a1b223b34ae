// HTTP streaming, client side: read lines for as long as the answer lasts.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { body, open, post } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { expectLines } from './expect-lines.ts'
import { decodeLines } from './json-lines.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, ca, heartbeatMs = 15_000 } = options
  const messages = new URL('/messages', url)

  // #region read
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const from = new URL(messages)
    if (after !== undefined) from.searchParams.set('after', after)
    const response = await open(from, { signal, ca, agent: false })
    expectLines(response.headers['content-type'])
    for await (const line of decodeLines(body(response, heartbeatMs)))
      yield line as Arrival
  }
  // #endregion read

  return resuming(connect, (data) => post(messages, data, options), options)
}
