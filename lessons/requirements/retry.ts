import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'

import { localCertificate } from '../certificate.ts'
import type { Lesson } from '../lesson.ts'
import type { Requirement } from './requirement.ts'
import { type Rig, read, setUp, until } from './rig.ts'

const retryMs = 4

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
  const reader = read(rig, signal, { retryMs })
  await reader.isOpen()
  const before = reader.delaysMs.length
  // From now on every connection breaks before its first byte.
  rig.link.bytesUntilCut = () => 0
  rig.link.cut()
  await until(
    () => reader.delaysMs.length - before >= 6,
    signal,
    'six attempts',
  )
  const delays = reader.delaysMs.slice(before, before + 6)
  for (const [n, delayMs] of delays.entries()) {
    const grown = retryMs * 2 ** n
    assert.ok(
      grown / 2 <= delayMs && delayMs <= grown,
      `delay ${n + 1} must lie between ${grown / 2} and ${grown} ms, got ${delayMs}`,
    )
  }
  const isJittered = delays.some((ms, n) => ms !== retryMs * 2 ** n)
  assert.ok(isJittered, `delays without jitter: ${delays}`)
  await reader.leave()
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
  await until(() => reader.delaysMs.length > 0, signal, 'the first attempt')
  assert.ok(
    (reader.delaysMs[0] ?? 0) >= 7_000,
    `the server asked for 7 s of peace, got ${reader.delaysMs[0]} ms`,
  )
  await reader.leave()
}

/** A server that is up and has no time. */
async function busyServer(secure: boolean) {
  const server = secure
    ? http2.createSecureServer({
        ...(await localCertificate()),
        allowHTTP1: true,
      })
    : http.createServer()
  server.on('request', (_, response) => {
    response.writeHead(503, { 'retry-after': '7' })
    response.end('Come back later.\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`${secure ? 'https' : 'http'}://127.0.0.1:${port}/`),
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
