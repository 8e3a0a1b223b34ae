// A connection of TCP for each topic: what browsers did before HTTP/2.

import { once } from 'node:events'
import {
  createServer,
  get,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'

import { encodeLine } from '../../../lessons/03-http-streaming/json-lines.ts'
import { listen } from '../../../lessons/start.ts'
import { readMessages } from '../read-messages.ts'
import { topicsOf, type Way } from '../way.ts'

export default {
  title: 'Connections of TCP',
  implementation: 'node:http',
  lesson: '03-http-streaming',

  async open(options) {
    const responses = new Map<string, ServerResponse>()
    const server = createServer((request, response) => {
      response.flushHeaders()
      responses.set(request.url ?? '', response)
    })
    const { url } = await listen(server, 0, '127.0.0.1')
    const link = await options.link(url)
    await Promise.all(
      topicsOf(options).map(async (topic) => {
        const request = get(new URL(`/${topic}`, link), { agent: false })
        const [response] = await once(request, 'response')
        readMessages(response as IncomingMessage, options)
      }),
    )
    return {
      send(message) {
        responses.get(`/${message.topic}`)?.write(encodeLine(message))
      },
      async [Symbol.asyncDispose]() {
        server.closeAllConnections()
        server.close()
      },
    }
  },
} satisfies Way
