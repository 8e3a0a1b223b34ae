import http2, { type Http2Session, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'

import { expect, test } from 'vitest'

import { bareServer, event, soon } from '../testing.ts'
import { ConnectionError } from './connection-error.ts'
import { SessionPool } from './session-pool.ts'

async function start(settings: http2.Settings = {}) {
  const server = http2.createServer({ settings })
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => sessions.push(session))
  let streamCount = 0
  server.on('stream', () => streamCount++)
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/messages`),
    sessions,
    get streamCount() {
      return streamCount
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const isGone = (session: Http2Session | undefined) =>
  soon(() => expect(session?.destroyed).toBe(true))

test('all lease the same session, and the last one to give it back ends it', async () => {
  await using server = await start()
  const pool = new SessionPool()
  const [one, other] = [pool.lease(server.url, {}), pool.lease(server.url, {})]
  expect(other.session === one.session).toBe(true)
  await one.settings
  one.release()
  one.release() // Once more is no matter.
  expect(pool.size).toBe(1)
  expect(one.session.destroyed).toBe(false)
  other.release()
  expect(pool.size).toBe(0)
  await isGone(one.session)
  expect(server.sessions).toHaveLength(1)
})

test('the next one after the last gets a session of its own', async () => {
  await using server = await start()
  const pool = new SessionPool()
  const first = pool.lease(server.url, {})
  first.release()
  const second = pool.lease(server.url, {})
  expect(second.session === first.session).toBe(false)
  await second.settings
  second.release()
  await isGone(second.session)
})

test('a session is not shared by those who trust otherwise, or have less patience', async () => {
  await using server = await start()
  const pool = new SessionPool()
  const leases = [
    pool.lease(server.url, {}),
    pool.lease(server.url, { heartbeatMs: 1_000 }),
    pool.lease(server.url, { ca: 'another' }),
    pool.lease(new URL('http://localhost:1'), {}),
  ]
  expect(new Set(leases.map(({ session }) => session)).size).toBe(4)
  for (const { release } of leases) release()
})

test('there are as many leases as the server allows streams, then another session', async () => {
  await using server = await start({ maxConcurrentStreams: 2 })
  const pool = new SessionPool()
  const first = pool.lease(server.url, {})
  expect(await first.settings).toMatchObject({ maxConcurrentStreams: 2 })
  const [second, third] = [1, 2].map(() => pool.lease(server.url, {}))
  expect(second?.session === first.session).toBe(true)
  expect(third?.session === first.session).toBe(false)
  // What is given back can be leased again.
  second?.release()
  const fourth = pool.lease(server.url, {})
  expect(fourth.session === first.session).toBe(true)
  for (const lease of [first, third, fourth]) lease?.release()
})

test('a session that has ended, and has not told so yet, is lent to nobody', async () => {
  await using server = await start()
  const pool = new SessionPool()
  const old = pool.lease(server.url, {})
  await old.settings
  old.session.destroy()
  const next = pool.lease(server.url, {})
  expect(next.session === old.session).toBe(false)
  await next.settings
  old.release()
  next.release()
})

test('a session is lent to nobody else after GOAWAY, and who has it goes on', async () => {
  await using server = await start()
  const pool = new SessionPool()
  const old = pool.lease(server.url, { heartbeatMs: 200 })
  await old.settings
  const stream = old.session.request()
  await soon(() => expect(server.streamCount).toBe(1))
  const told = event(old.session, 'goaway')
  server.sessions[0]?.close()
  await told
  const next = pool.lease(server.url, { heartbeatMs: 200 })
  expect(next.session === old.session).toBe(false)
  // Three heartbeats later: that Node sends no PING now is no death.
  await soon(() => expect(server.sessions).toHaveLength(2))
  const other = server.sessions[1] as ServerHttp2Session
  for (let n = 0; n < 3; n++) await event(other, 'ping')
  expect(stream.closed).toBe(false)
  stream.close()
  old.release()
  next.release()
})

test('a session whose PING is not answered ends', async () => {
  await using server = await bareServer(({ socket }) => {
    socket.write(Buffer.from('000000040000000000', 'hex')) // SETTINGS
  })
  const pool = new SessionPool()
  const lease = pool.lease(server.url, { heartbeatMs: 20 })
  await isGone(lease.session)
  await soon(() => expect(pool.size).toBe(0))
  lease.release()
})

test('a server that is not there, or ends at once, is a broken connection', async () => {
  const pool = new SessionPool()
  await using server = await bareServer(({ socket }) => socket.destroy())
  for (const url of [server.url, new URL('http://127.0.0.1:1')]) {
    const lease = pool.lease(url, {})
    await expect(lease.settings).rejects.toThrow(ConnectionError)
    lease.release()
  }
  await soon(() => expect(pool.size).toBe(0))
})

test('a session that is destroyed as it connects throws nothing', async () => {
  await using server = await start()
  const pool = new SessionPool(1024 * 1024)
  const { session, release } = pool.lease(server.url, {})
  // Before the pool hears that it is connected.
  session.prependOnceListener('connect', () => session.destroy())
  await event(session, 'close')
  release()
  expect(pool.size).toBe(0)
})

test('a window that is asked for is announced, and opened', async () => {
  await using server = await start()
  const pool = new SessionPool(1024 * 1024)
  const { session, settings, release } = pool.lease(server.url, {})
  await settings
  const [served] = server.sessions
  await soon(() =>
    expect(served?.remoteSettings.initialWindowSize).toBe(1024 * 1024),
  )
  expect(session.state.effectiveLocalWindowSize).toBe(1024 * 1024)
  release()
})
