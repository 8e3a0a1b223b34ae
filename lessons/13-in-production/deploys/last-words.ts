// What a server that closes says to its subscribers: the bytes, as they come.

import { once } from 'node:events'
import http2 from 'node:http2'
import { connect } from 'node:net'

import longPolling from '../../02-long-polling/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import overHttp2 from '../../08-sse-over-http2/index.ts'
import type { Lesson } from '../../lesson.ts'
import { startServer } from '../../start.ts'

const upgrade =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\n'

/** What comes on the connection once the server closes. */
export async function lastWords(): Promise<Record<string, string>> {
  return {
    'Long polling': firstLine(await afterClose(longPolling)),
    'Server-Sent Events': text(await afterClose(serverSentEvents)),
    WebSocket: frame(await afterClose(webSocket, upgrade)),
    'SSE over HTTP/2': await goAway(),
  }
}

/** @param headers beside `Host` */
async function afterClose(lesson: Lesson, headers = ''): Promise<Buffer> {
  const { feed, url, close } = await startServer(lesson, { retryMs: 2_000 })
  const socket = connect(Number(url.port), url.hostname)
  // Without a cursor, the first answer of long polling comes at once.
  const asks = `GET /messages?after=${feed.present} HTTP/1.1\r\nhost: 127.0.0.1\r\n`
  socket.write(`${asks}${headers}\r\n`)
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
  })
  while (feed.followerCount === 0) await new Promise(setImmediate)
  if (lesson !== longPolling) await once(socket, 'data')
  bytes = Buffer.alloc(0)
  // A close frame wants an answer, and gets the end of the connection for one.
  if (lesson === webSocket) socket.once('data', () => socket.end())
  const closed = close()
  await once(socket, 'end')
  socket.destroy()
  await closed
  return bytes
}

/** https://www.rfc-editor.org/rfc/rfc9113.html#section-6.8 */
async function goAway(): Promise<string> {
  const { feed, url, ca, close } = await startServer(overHttp2)
  const session = http2.connect(url, { ca })
  const stream = session.request({ ':path': '/messages' })
  stream.on('error', () => {}).resume()
  while (feed.followerCount === 0) await new Promise(setImmediate)
  const gone = once(session, 'goaway')
  const closed = close()
  const [code, lastStream] = await gone
  session.destroy()
  await closed
  return `GOAWAY, error code ${code}, last stream ${lastStream}`
}

function text(bytes: Buffer): string {
  return JSON.stringify(`${bytes}`).slice(1, -1)
}

function firstLine(bytes: Buffer): string {
  return `${text(bytes.subarray(0, bytes.indexOf('\n') + 1))} …`
}

/** A close frame: two bytes of header, two of code, and the reason. */
function frame(bytes: Buffer): string {
  const header = bytes.subarray(0, 2).toString('hex')
  const code = bytes.readUInt16BE(2)
  return `${header} ${bytes.subarray(2, 4).toString('hex')} (${code}) ${bytes.subarray(4)}`
}
