// Raw TCP, server side: the client says where to go on, then frames go both
// ways.

import net, { type Socket } from 'node:net'
import tls from 'node:tls'

import type { Feed } from '../../../lessons/feed.ts'
import type { LessonServer, ServeOptions } from '../../../lessons/lesson.ts'
import { endOnClose } from '../../../lessons/shared/closing.ts'
import { drained } from '../../../lessons/shared/drained.ts'
import { encodeOnce } from '../../../lessons/shared/encode-once.ts'
import { Refusal } from '../../../lessons/shared/refusal.ts'
import { Subscribers } from '../../../lessons/shared/subscribers.ts'
import { decodeFrames, encodeMessage, encodePosition } from './frames.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { certificate, maxMessageBytes = 1024 * 1024 } = options
  const maxBytes = Math.min(maxMessageBytes, feed.maxBytes)
  const subscribers = new Subscribers()
  const encode = encodeOnce((message) => Buffer.from(encodeMessage(message)))
  const server = certificate
    ? tls.createServer({ ...certificate, noDelay: true })
    : net.createServer({ noDelay: true })

  async function carry(socket: Socket): Promise<void> {
    const gone = subscribers.add(socket)
    const frames = decodeFrames(socket, maxBytes)
    const { value: first } = await frames.next()
    if (!first) return
    const cursor = locate(feed, first.id)
    socket.write(encodePosition(cursor))
    const following = feed.follow(cursor, gone, (message) => {
      const hasRoom = socket.write(encode(message))
      if (!hasRoom) return drained(socket, gone)
    })
    following.then(() => socket.end())
    for await (const { data } of frames)
      if (data !== undefined) feed.publish(data)
  }

  server.on(certificate ? 'secureConnection' : 'connection', (socket) => {
    socket.on('error', () => {}) // 'close' follows, and ends all.
    carry(socket).catch(() => socket.destroy())
  })
  endOnClose(server, () => subscribers.endAll())
  return server
}

/** To whom comes from another feed, the position is answer enough: it sees the gap. */
function locate(feed: Feed, cursor: string | undefined): string {
  try {
    return feed.locate(cursor)
  } catch (error) {
    const start = error instanceof Refusal && error.headers['feed-start']
    if (start) return start
    throw error
  }
}
