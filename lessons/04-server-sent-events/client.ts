// Server-Sent Events, client side: what a browser's EventSource does, written
// out with an ordinary request.

import type { IncomingMessage } from 'node:http'

import {
  SubscribeError,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { body, open, post } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { decodeEvents } from './event-stream.ts'

const eventStream = 'text/event-stream'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, ca, heartbeatMs = 15_000 } = options
  const messages = new URL('/messages', url)

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    // #region open
    const headers: Record<string, string> = { accept: eventStream }
    if (after !== undefined) headers['last-event-id'] = after
    const response = await open(messages, { headers, signal, ca, agent: false })
    refuseOther(messages, response)
    // #endregion open

    // #region read
    const events = decodeEvents(body(response, heartbeatMs))
    // The id and the retry of any event count; a message is of one type.
    for await (const { event = 'message', data, ...position } of events)
      yield event === 'message' ? { data, ...position } : position
    // #endregion read
  }

  return resuming(connect, (data) => post(messages, data, options), options)
}

/**
 * "Any other status, or any other type, fails the connection": for good. So say
 * browsers of 500 and 502 as well, which this client asks again.
 *
 * @throws SubscribeError
 */
function refuseOther(url: URL, response: IncomingMessage): void {
  const { statusCode = 0, headers } = response
  const type = headers['content-type'] ?? 'no content-type'
  if (statusCode === 200 && type.startsWith(eventStream)) return
  response.destroy()
  throw new SubscribeError(
    `${url} must answer 200 with ${eventStream}, got ${statusCode} with ${type}.`,
    statusCode,
  )
}
