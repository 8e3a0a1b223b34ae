// All topics on one connection of HTTP/2, which is one of TCP.

import { once } from 'node:events'
import {
  type ClientHttp2Stream,
  connect,
  createServer,
  type ServerHttp2Stream,
} from 'node:http2'

import { encodeLine } from '../../../lessons/03-http-streaming/json-lines.ts'
import { listen } from '../../../lessons/start.ts'
import { readMessages } from '../read-messages.ts'
import { topicsOf, type Way } from '../way.ts'

export default {
  title: 'Streams of HTTP/2',
  implementation: 'node:http2',
  lesson: '08-sse-over-http2',

  async open(options) {
    const streams = new Map<string, ServerHttp2Stream>()
    const server = createServer()
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {}) // The client has left.
      stream.respond()
      streams.set(String(headers[':path']), stream)
    })
    const { url } = await listen(server, 0, '127.0.0.1')
    const client = connect(await options.link(url))
    await Promise.all(
      topicsOf(options).map(async (topic) => {
        const stream: ClientHttp2Stream = client.request({
          ':path': `/${topic}`,
        })
        await once(stream, 'response')
        readMessages(stream, options)
      }),
    )
    return {
      send(message) {
        streams.get(`/${message.topic}`)?.write(encodeLine(message))
      },
      async [Symbol.asyncDispose]() {
        client.destroy()
        server.close()
      },
    }
  },
} satisfies Way
