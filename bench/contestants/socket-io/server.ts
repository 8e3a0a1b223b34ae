// Socket.IO, server side: one emit reaches all.

import http from 'node:http'
import https from 'node:https'

import { Server } from 'socket.io'

import type { Feed } from '../../../lessons/feed.ts'
import type { LessonServer, ServeOptions } from '../../../lessons/lesson.ts'
import { endOnClose } from '../../../lessons/shared/closing.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const closed = new AbortController()
  const server = options.certificate
    ? https.createServer(options.certificate)
    : http.createServer()
  const io = new Server(server, {
    // Like is to be compared with like: the lesson does not begin with long
    // polling, and does not compress.
    transports: ['websocket'],
    perMessageDeflate: false,
    // The server asks and the client answers. Who does not, such as a lean
    // reader, is cut 20 s after the first ping.
    pingInterval: options.heartbeatMs ?? 15_000,
    maxHttpBufferSize: options.maxMessageBytes ?? 1024 * 1024,
    serveClient: false,
  })

  io.on('connection', (socket) => {
    socket.on('publish', (data: string) => feed.publish(data))
  })
  feed.follow(feed.present, closed.signal, (message) => {
    io.emit('message', message)
    return undefined
  })
  endOnClose(server, () => {
    closed.abort()
    io.engine.close() // Not `io.close`: that closes this server again.
  })
  return server
}
