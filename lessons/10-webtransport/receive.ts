// The way back: each message on a stream of its own, which is answered.

import type { Feed } from '../feed.ts'
import { readText } from '../shared/read-text.ts'
import { Refusal } from '../shared/refusal.ts'
import type { WebTransportSession } from './http3/web-transport-session.ts'
import type { PublishAnswer } from './messages.ts'
import type { QuicStream } from './quic/quic-stream.ts'

/** Publishes what comes on the streams that the client opens, until the session ends. */
export async function receiveMessages(
  session: WebTransportSession,
  feed: Feed,
  maxBytes: number,
): Promise<void> {
  for await (const stream of session.streams)
    publish(stream, feed, maxBytes).then((answer) => {
      if (stream.writable) stream.end(`${JSON.stringify(answer)}\n`)
    })
}

async function publish(
  stream: QuicStream,
  feed: Feed,
  maxBytes: number,
): Promise<PublishAnswer> {
  try {
    const { id } = await feed.publish(await readText(stream, maxBytes))
    return { id }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, reason: error.message }
  }
}
