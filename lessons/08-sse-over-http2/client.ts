// SSE over HTTP/2, client side: each subscription is a stream, and all streams
// to a server share one connection.

import { decodeEvents } from '../04-server-sent-events/event-stream.ts'
import {
  eventStream,
  wrongAnswer,
} from '../04-server-sent-events/wrong-answer.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { opened } from '../shared/http2-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { cancel, streamTo } from './shared-connection.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { heartbeatMs = 15_000 } = options
  const messages = new URL('/messages', url)

  // #region connect
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const headers: Record<string, string> = { accept: eventStream }
    if (after !== undefined) headers['last-event-id'] = after
    const stream = streamTo(messages, options, headers)
    try {
      const answer = await opened(messages, stream)
      const { ':status': status, 'content-type': type } = answer
      const wrong = wrongAnswer(messages, Number(status), type)
      if (wrong) throw wrong
      const events = decodeEvents(alive(stream, 2 * heartbeatMs, () => {}))
      for await (const { event = 'message', data, ...position } of events)
        yield event === 'message' ? { data, ...position } : position
    } finally {
      cancel(stream)
    }
  }
  // #endregion connect

  // #region publish
  async function publish(data: string): Promise<void> {
    const type = 'text/plain; charset=utf-8'
    const headers = { ':method': 'POST', 'content-type': type }
    const stream = streamTo(messages, options, headers)
    stream.end(data)
    try {
      await opened(messages, stream)
      // To its end: nghttp2 takes many streams that are reset for an attack, and
      // ends the connection of all. One that never ends is reset.
      stream.setTimeout(2 * heartbeatMs, () => cancel(stream))
      stream.resume()
    } catch (error) {
      cancel(stream)
      throw error
    }
  }
  // #endregion publish

  return resuming(connect, publish, options)
}
