// Streams on one connection as everybody writes it first. It runs, and the
// connection is shared. `npm run check 8` tells what is still wrong.

import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect as connectTo,
  type OutgoingHttpHeaders,
} from 'node:http2'

import { decodeEvents } from '../../04-server-sent-events/event-stream.ts'
import type { SubscribeOptions, Subscription } from '../../lesson.ts'
import { alive } from '../../shared/alive.ts'
import { opened } from '../../shared/http2-client.ts'
import { type Arrival, resuming } from '../../shared/resuming.ts'

/** The connection to each server: all subscriptions share it. */
const sessions = new Map<string, ClientHttp2Session>()

function sessionTo({ origin }: URL, ca?: string): ClientHttp2Session {
  const known = sessions.get(origin)
  if (known) return known
  const session = connectTo(origin, { ca })
  session.on('error', () => {}) // Its streams report it as well.
  sessions.set(origin, session)
  return session
}

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { heartbeatMs = 15_000, signal, ca } = options
  const messages = new URL('/messages', url)

  function request(headers: OutgoingHttpHeaders): ClientHttp2Stream {
    const asked = { ':path': messages.pathname, ...headers }
    const stream = sessionTo(url, ca).request(asked, { signal })
    stream.on('error', () => {}) // Whoever reads it is told.
    return stream
  }

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const stream = request(after ? { 'last-event-id': after } : {})
    await opened(messages, stream)
    const events = decodeEvents(alive(stream, 2 * heartbeatMs, () => {}))
    for await (const { event, data, ...position } of events)
      yield event === 'start' ? position : { data, ...position }
  }

  async function publish(data: string): Promise<void> {
    const stream = request({ ':method': 'POST' })
    stream.end(data)
    await opened(messages, stream)
    stream.resume()
  }

  return resuming(connect, publish, options)
}
