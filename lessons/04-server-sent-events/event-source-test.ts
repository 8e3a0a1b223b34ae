// A browser's EventSource, and a server that answers it as a test wants.

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { eventually, test as withBrowser } from '../browser-test.ts'

export type Answer = (response: ServerResponse) => void

/** Keeps notes of what an EventSource tells it. */
const page = `<!doctype html>
  <link rel="icon" href="data:,">
  <ol></ol>
  <script>
    const states = ['connecting', 'open', 'closed']
    function follow(path) {
      const source = new EventSource(path)
      source.onopen = () => note('open')
      source.onerror = () => note('error', states[source.readyState])
      source.onmessage = ({ data, lastEventId }) =>
        note('message', data, lastEventId)
    }
    function note(...what) {
      const item = document.createElement('li')
      item.textContent = JSON.stringify(what)
      document.querySelector('ol').append(item)
    }
  </script>`

export const test = withBrowser.extend(
  'follow',
  ({ open, onTestFinished }) =>
    /** Follows a stream whose server gives these answers, one for each request, and then one that stays open. */
    async (...answers: Answer[]) => {
      const ids: (string | undefined)[] = []
      let others = 0
      const server = createServer(({ url, headers }, response) => {
        response.setHeader('connection', 'close')
        if (url === '/') response.end(page)
        else if (url === '/stream') {
          const id = headers['last-event-id']?.toString()
          // Node reads headers as Latin-1; browsers send this one as UTF-8.
          ids.push(id && Buffer.from(id, 'latin1').toString())
          const answer = answers.shift() ?? openStream
          answer(response)
        } else {
          others++
          stream('retry: 1\n\n')(response)
        }
      })
      const listen = async (port = 0) => {
        server.listen(port, '127.0.0.1')
        await once(server, 'listening')
        return (server.address() as AddressInfo).port
      }
      const port = await listen()
      const stop = () => {
        server.close()
        server.closeAllConnections()
      }
      onTestFinished(stop)
      const tab = await open(new URL(`http://127.0.0.1:${port}/`))
      await tab.evaluate('follow("/stream")')

      return {
        /** The Last-Event-ID of each request. */
        ids,
        async notes(): Promise<unknown[]> {
          const notes = await tab.locator('li').allTextContents()
          return notes.map((note) => JSON.parse(note))
        },
        /** Lets another EventSource come back five times, each time at once. */
        async meanwhile() {
          const enough = others + 6
          await tab.evaluate('void new EventSource("/other")')
          await eventually(
            () => others,
            'another EventSource',
          ).toBeGreaterThanOrEqual(enough)
        },
        /** Cuts all connections, and does not listen any more. */
        stop,
        /** Listens again, at the same address. */
        restart: () => listen(port),
      }
    },
)

export const eventStream = 'text/event-stream'

/** A stream that ends. */
export function stream(
  content: string | Uint8Array,
  type = eventStream,
): Answer {
  return (response) =>
    response.writeHead(200, { 'content-type': type }).end(content)
}

/** A stream that goes on, without a message so far. */
export function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': eventStream }).flushHeaders()
}

/** An answer without a body. */
export function status(code: number, headers = {}): Answer {
  return (response) => response.writeHead(code, headers).end()
}

/** Bytes, and then the end of the connection. */
export function bytes(text: string): Answer {
  return ({ socket }) => socket?.end(text)
}
