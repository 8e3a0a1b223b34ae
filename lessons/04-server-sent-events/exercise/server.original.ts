// An event stream as everybody writes it first. It runs, and a browser on this
// machine is happy with it. `npm run check 4` tells what is still wrong.

import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options
  const clients = new Set<ServerResponse>()

  // Whatever is published from now on goes to everybody who is there.
  const always = new AbortController().signal
  feed.follow(feed.present, always, ({ id, data }) => {
    for (const client of clients) client.write(`id: ${id}\ndata: ${data}\n\n`)
    return undefined
  })

  return createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.method === 'POST') {
      const { id } = await feed.publish(await text(request))
      response.writeHead(201).end(JSON.stringify({ id }))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`retry: ${retryMs}\n\n`)
    clients.add(response)
    setInterval(() => response.write(': ping\n\n'), heartbeatMs)
  })
}
