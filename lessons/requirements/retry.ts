import assert from 'node:assert/strict'
import { type EventEmitter, once } from 'node:events'
import http from 'node:http'
import http2 from 'node:http2'
import { type AddressInfo, createServer, type Server } from 'node:net'

import { localCertificate } from '../certificate.ts'
import type { Lesson } from '../lesson.ts'
import { type Reader, read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { type Rig, range, setUp } from './rig.ts'
import { until } from './until.ts'

const retryMs = 4
const attempts = 7

export const retry: Requirement = {
  id: 'retry',
  text: "The transport MUST reconnect with growing, jittered delays, and honour the server's own wish (`retry:`, `Retry-After`).",
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal, { retryMs })
    await checkDelays(rig, signal)
    await checkRetryAfter(lesson, rig, signal)
  },
}

async function checkDelays(rig: Rig, signal: AbortSignal): Promise<void> {
  const readers = range(1, 2).map(() => read(rig, signal, { retryMs }))
  for (const reader of readers) await reader.isOpen()
  const before = readers.map(({ delaysMs }) => delaysMs.length)
  const delaysOf = ({ delaysMs }: Reader, index: number) =>
    delaysMs.slice(before[index]).slice(0, attempts)

  // From now on every connection breaks before its first byte.
  rig.link.bytesUntilCut = () => 0
  rig.link.cut()
  const start = performance.now()
  await until(
    () => {
      const delays = readers.map(delaysOf)
      for (const own of delays) mustGrow(own)
      return delays.every(({ length }) => length === attempts)
    },
    signal,
    `${attempts} attempts to reconnect`,
  )
  const tookMs = performance.now() - start
  const [one = [], other = []] = readers.map(delaysOf)
  assert.notDeepEqual(
    one,
    other,
    `two clients must not come back at the same times, got ${one} ms for both`,
  )
  // The last delay is only announced. A timer may be early by its rounding.
  const announcedMs = one
    .slice(0, -1)
    .reduce((sum, delayMs) => sum + Math.floor(delayMs) - 1, 0)
  assert.ok(
    tookMs >= announcedMs,
    `${attempts} attempts must take the ${announcedMs} ms that the client announced, got ${Math.round(tookMs)}`,
  )
  for (const reader of readers) await reader.leave()
}

function mustGrow(delaysMs: number[]): void {
  for (const [n, delayMs] of delaysMs.entries()) {
    const grown = retryMs * 2 ** n
    assert.ok(
      grown / 2 <= delayMs && delayMs <= grown,
      `delay ${n + 1} must lie between ${grown / 2} and ${grown} ms, got ${delayMs}`,
    )
  }
}

async function checkRetryAfter(
  lesson: Lesson,
  rig: Rig,
  signal: AbortSignal,
): Promise<void> {
  await using busy = await busyServer(lesson.secure ?? false)
  rig.link.bytesUntilCut = () => Infinity
  rig.link.leadTo(busy.url)
  const reader = read(rig, signal)
  const error = await reader.error()
  await reader.leave()
  assert.ok(!error, `503 with Retry-After must not end it, got ${error}`)
  const [delayMs = 0] = reader.delaysMs
  assert.ok(
    delayMs >= 7_000,
    `the server asked for 7,000 ms of peace, got ${delayMs}`,
  )
}

/** A server that is up and has no time. */
async function busyServer(secure: boolean) {
  const server = secure
    ? http2.createSecureServer({
        ...(await localCertificate()),
        allowHTTP1: true,
      })
    : http.createServer()
  const plain = http2.createServer()
  for (const one of [server, plain])
    one.on('request', (_, response) => {
      response.writeHead(503, { 'retry-after': '7' })
      response.end('Come back later.\n')
    })
  const listener = secure ? server : byFirstBytes(server, plain)
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    url: new URL(`${secure ? 'https' : 'http'}://127.0.0.1:${port}/`),
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}

/** Without TLS nobody agrees on a version beforehand: a client of HTTP/2 begins with `PRI`. */
function byFirstBytes(http1: EventEmitter, http2: EventEmitter): Server {
  return createServer((socket) => {
    socket.on('error', () => {}) // The client is gone.
    socket.once('readable', () => {
      const start: Buffer | null = socket.read()
      if (start === null) return
      socket.unshift(start)
      const isHttp2 = start.toString('latin1').startsWith('PRI ')
      const server = isHttp2 ? http2 : http1
      server.emit('connection', socket)
    })
  })
}
