// The loop that everybody writes first, for Server-Sent Events: no resume, no
// heartbeat, and a client that does not read fills the memory.

import { createServer, type Server, type ServerResponse } from 'node:http'

import {
  decodeEvents,
  encodeEvent,
} from '../../lessons/04-server-sent-events/event-stream.ts'
import type { Feed } from '../../lessons/feed.ts'
import { endOnClose } from '../../lessons/shared/closing.ts'
import type { Contestant } from '../contestant.ts'
import { naiveClient } from './naive/client.ts'
import { lacks } from './naive/lacks.ts'

function serve(feed: Feed): Server {
  const closed = new AbortController()
  const clients = new Set<ServerResponse>()
  feed.follow(feed.present, closed.signal, (message) => {
    const event = encodeEvent(message)
    for (const client of clients) client.write(event)
    return undefined
  })
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    clients.add(response)
    response.on('close', () => clients.delete(response))
  })
  endOnClose(server, () => {
    closed.abort()
    server.closeAllConnections()
  })
  return server
}

export default {
  title: 'Naive Server-Sent Events',
  transport: 'Server-Sent Events',
  implementation: 'node:http',
  kind: 'naive',
  serve,
  subscribe: naiveClient(decodeEvents),
  lacks,
} satisfies Contestant
