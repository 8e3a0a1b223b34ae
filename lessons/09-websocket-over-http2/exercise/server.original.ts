// WebSockets over HTTP/2 as everybody writes them first. It runs, and each page
// here has its WebSocket. `npm run check 9` tells what is still wrong.

import {
  createSecureServer,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import type { Duplex } from 'node:stream'

import { type WebSocket, WebSocketServer } from 'ws'

import { carrier } from '../../05-websocket/carry.ts'
import type { Asked } from '../../05-websocket/log-connection.ts'
import { maxPayload } from '../../05-websocket/server.ts'
import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { webSocketOn } from '../web-socket-on-stream.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, certificate } = options
  const carry = carrier(feed, { ...options, heartbeatMs })
  const limits = { maxPayload: maxPayload(feed, options) }

  function open(webSocket: WebSocket, request: Asked, socket: Duplex): void {
    const left = new AbortController()
    webSocket.on('close', () => left.abort())
    const gone = left.signal
    carry(webSocket, { request, socket, cursor: feed.present, gone })
  }

  const server = certificate
    ? createSecureServer({ ...certificate, allowHTTP1: true })
    : createServer()
  server.on('request', (_, response) => {
    response.end('There are WebSockets at /messages.\n')
  })

  // A client of HTTP/1.1 wants its connection to become a WebSocket.
  const webSockets = new WebSocketServer({ noServer: true, ...limits })
  server.on('upgrade', (request, socket, head) => {
    webSockets.handleUpgrade(request, socket, head, (webSocket) =>
      open(webSocket, request, socket),
    )
  })

  // A client of HTTP/2 wants a stream to become one.
  server.on(
    'connect',
    (request: Http2ServerRequest, { stream }: Http2ServerResponse) => {
      stream.respond({ ':status': 101 })
      const { session } = stream
      const webSocket = webSocketOn(stream, { is: 'server', ...limits })
      webSocket.on('close', () => session?.destroy())
      open(webSocket, request, stream)
    },
  )
  return server
}
