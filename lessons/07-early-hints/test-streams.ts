// A server of which the test has every stream in its hand, and a session with it.

import http2, { type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'

import { event, soon } from '../testing.ts'

export async function setUp() {
  const server = http2.createServer().listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/`)
  const asked: { path: string | undefined; stream: ServerHttp2Stream }[] = []
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  server.on('stream', (stream, { ':path': path }) => {
    stream.on('error', () => {}) // Some are broken on purpose.
    asked.push({ path, stream })
  })
  const session = http2.connect(url)
  session.on('error', () => {}) // It is broken on purpose.
  return {
    url,
    session,
    sockets,
    asked,
    /** The paths asked for so far. */
    get paths() {
      return asked.map(({ path }) => path)
    },
    /** The nth request, counted from 0, as soon as it is there. */
    async stream(n: number): Promise<ServerHttp2Stream> {
      await soon(() => {
        if (asked.length <= n) throw new Error(`request ${n} has not come`)
      })
      return (asked[n] as { stream: ServerHttp2Stream }).stream
    },
    async [Symbol.asyncDispose]() {
      // Node breaks down when a session is destroyed while it reads frames:
      // https://github.com/nodejs/node/issues/38964
      await new Promise(setImmediate)
      session.destroy()
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
