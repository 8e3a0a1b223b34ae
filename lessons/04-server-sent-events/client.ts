// Server-Sent Events, client side: what a browser's EventSource does, written
// out with an ordinary request.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { body, open, post } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { decodeEvents } from './event-stream.ts'
import { eventStream, wrongAnswer } from './wrong-answer.ts'

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
    const { statusCode, headers: answered } = response
    const wrong = wrongAnswer(messages, statusCode, answered['content-type'])
    if (wrong) {
      response.destroy()
      throw wrong
    }
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
