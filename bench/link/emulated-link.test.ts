import { createHash, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

import { expect, test } from 'vitest'

import { event, soon } from '../../lessons/testing.ts'
import { EmulatedLink } from './emulated-link.ts'
import type { LinkOptions } from './link-options.ts'

const plain: LinkOptions = { rttMs: 4, lossPercent: 0, by: 'proxy' }

/** A server whose connections come one by one, and a link to it. */
async function linked(options: LinkOptions) {
  const server = createServer({ allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const target = new URL(`http://127.0.0.1:${port}/messages?after=3`)
  const link = await EmulatedLink.to(target, options)
  const sockets = new Set<Socket>()
  return {
    link,
    /** Both ends of a new connection through the link. */
    async connection(): Promise<{ client: Socket; peer: Socket }> {
      const joined = event(server, 'connection')
      const client = connect({
        host: '127.0.0.1',
        port: Number(link.url.port),
        allowHalfOpen: true,
      })
      const [peer] = (await joined) as [Socket]
      for (const socket of [client, peer]) {
        sockets.add(socket)
        socket.on('error', () => {}) // 'close' tells of it.
      }
      return { client, peer }
    },
    async [Symbol.asyncDispose]() {
      await link.close()
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A server and a client of UDP. */
async function datagramSockets() {
  const [server, client] = [createSocket('udp4'), createSocket('udp4')]
  server.bind(0, '127.0.0.1')
  await event(server, 'listening')
  return {
    server,
    client,
    async [Symbol.asyncDispose]() {
      server.close()
      client.close()
    },
  }
}

/** Writes pieces of all sizes, as the other side takes them. */
async function writeAtRandom(socket: Socket, bytes: Buffer): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    const size = 1 + Math.floor(Math.random() ** 4 * 200_000)
    const taken = socket.write(bytes.subarray(start, start + size))
    start += size
    if (!taken) await once(socket, 'drain')
    else if (size % 3 === 0) await new Promise(setImmediate)
  }
  socket.end()
}

async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await event(socket, 'end')
  return Buffer.concat(chunks)
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test.for([
  ['at once', { ...plain, rttMs: 0 }],
  ['late', plain],
  ['through a narrow link', { ...plain, kbitPerS: 100_000 }],
  ['past losses', { ...plain, lossPercent: 0.5, seed: 4 }],
  ['past losses of others', { ...plain, lossPercent: 50, by: 'nft' }],
] as const)('both ways, all bytes come in order: %s', async ([, options]) => {
  await using there = await linked(options)
  const { client, peer } = await there.connection()
  const up = randomBytes(700_000)
  const down = randomBytes(900_000)
  const [atServer, atClient] = await Promise.all([
    readAll(peer),
    readAll(client),
    writeAtRandom(client, up),
    writeAtRandom(peer, down),
  ])
  expect(hash(atServer)).toBe(hash(up))
  expect(hash(atClient)).toBe(hash(down))
  const { link } = there
  expect(link.bytesUp).toBe(up.length)
  expect(link.bytesDown).toBe(down.length)
  expect(link.connections).toBe(1)
  expect(link.bytesInside).toBe(0)
})

test('its URL is that of the target, with a port of its own', async () => {
  const target = new URL('http://127.0.0.1:9/messages?after=3')
  await using link = await EmulatedLink.to(target, plain)
  const { pathname, search, port } = link.url
  expect(pathname + search).toBe('/messages?after=3')
  expect(port).not.toBe('9')
})

test('nothing comes before its time', async () => {
  await using there = await linked({ ...plain, rttMs: 40 })
  const started = performance.now()
  const { client, peer } = await there.connection()
  // Never early, whatever else the machine does: that it may be late is left
  // to the tests of the delay line.
  expect(performance.now() - started).toBeGreaterThan(59)
  client.write('a question')
  await event(peer, 'data')
  peer.write('an answer')
  await event(client, 'data')
  expect(performance.now() - started).toBeGreaterThan(99)
})

test('one side can end, and go on reading', async () => {
  await using there = await linked(plain)
  const { client, peer } = await there.connection()
  client.end('a question')
  expect(`${await readAll(peer)}`).toBe('a question')
  expect(client.closed).toBe(false)
  peer.end('an answer')
  expect(`${await readAll(client)}`).toBe('an answer')
})

test('a side that breaks off is broken off for the other', async () => {
  await using there = await linked(plain)
  const first = await there.connection()
  first.client.resetAndDestroy()
  await event(first.peer.resume(), 'close')
  const second = await there.connection()
  second.peer.resetAndDestroy()
  await event(second.client.resume(), 'close')
})

test('a server that is not there closes the connection', async () => {
  const target = new URL('http://127.0.0.1:9')
  await using link = await EmulatedLink.to(target, plain)
  const client = connect(Number(link.url.port), '127.0.0.1')
  client.on('error', () => {}) // 'close' follows.
  await event(client.resume(), 'close')
})

test('a cut breaks all connections, and lets new ones through', async () => {
  await using there = await linked(plain)
  const { client, peer } = await there.connection()
  const errors: string[] = []
  client.on('error', ({ message }) => errors.push(message))
  const closed = [client, peer].map((one) => event(one.resume(), 'close'))
  there.link.cut()
  await Promise.all(closed)
  expect(errors).toEqual([expect.stringContaining('ECONNRESET')])

  const again = await there.connection()
  again.client.write('still there')
  await event(again.peer, 'data')
})

test('a cut takes what is on its way', async () => {
  await using there = await linked({ ...plain, rttMs: 10_000 })
  const { link } = there
  const client = connect(Number(link.url.port), '127.0.0.1')
  client.on('error', () => {}) // 'close' follows.
  client.write('lost on the way')
  await soon(() => expect(link.bytesInside).toBe(15))
  const closed = event(client.resume(), 'close')
  link.cut()
  await closed
  await soon(() => expect(link.bytesInside).toBe(0))
  expect(link.bytesUp).toBe(0)
})

test('a reader that does not read stops the writer', async () => {
  await using there = await linked(plain)
  const { link } = there
  const { client, peer } = await there.connection()
  peer.pause()
  // The kernel's own buffers take megabytes, but not that many.
  const bytes = Buffer.alloc(64_000_000)
  client.end(bytes)
  // 1 Gbit/s for 4 ms, and 256 KiB.
  const capacity = 4 * 125_000 + 256 * 1024
  let most = 0
  await soon(() => {
    most = Math.max(most, link.bytesInside)
    expect(most).toBeGreaterThanOrEqual(capacity)
  })
  // A read that began below the bound can end above it.
  expect(most).toBeLessThanOrEqual(capacity + 64 * 1024)

  // And what was held comes, as soon as there is room.
  let came = 0
  peer.on('data', ({ length }) => {
    came += length
    most = Math.max(most, link.bytesInside)
  })
  await event(peer.resume(), 'end')
  expect(came).toBe(bytes.length)
  expect(most).toBeLessThanOrEqual(capacity + 64 * 1024)
})

test('datagrams take their time, and the one that is to be lost is lost', async () => {
  await using sockets = await datagramSockets()
  const { server, client } = sockets
  let count = 0
  await using link = await EmulatedLink.to(
    new URL(`http://127.0.0.1:${server.address().port}/`),
    { ...plain, rttMs: 40 },
    (bytes) => bytes === 'b'.length && ++count === 2,
  )
  // Answers each with the same.
  server.on('message', (bytes, { port, address }) =>
    server.send(bytes, port, address),
  )
  const arrived: string[] = []
  client.on('message', (bytes) => arrived.push(String(bytes)))
  const startMs = performance.now()
  for (const text of ['a', 'b', 'c', 'last'])
    client.send(text, Number(link.url.port), '127.0.0.1')
  await soon(() => expect(arrived).toContain('last'))
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(38)
  expect(arrived).toEqual(['a', 'c', 'last'])
})

test('a closed link leaves neither timer nor socket', async () => {
  const kinds = () =>
    process
      .getActiveResourcesInfo()
      .filter((kind) => /Timeout|TCP/.test(kind))
      .sort()
  const before = kinds()
  const target = new URL('http://127.0.0.1:9')
  const link = await EmulatedLink.to(target, { ...plain, rttMs: 10_000 })
  const client = connect(Number(link.url.port), '127.0.0.1')
  client.on('error', () => {}) // 'close' follows.
  client.write('on its way')
  await soon(() => expect(link.bytesInside).toBeGreaterThan(0))
  const closed = event(client.resume(), 'close')
  await link.close()
  await closed
  // Vitest's own timers come and go: none is left beyond those.
  await soon(() => expect(kinds().length).toBeLessThanOrEqual(before.length))
  await link.close()
})
