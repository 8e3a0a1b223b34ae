// What the server does with packets: garbage, old ones, and those of clients
// whose address has changed or is not proven.

import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { makeCertificate } from '../../certificate.ts'
import { randomNumbers } from '../../requirements/random.ts'
import { event, skipIfMissing, soon } from '../../testing.ts'
import lesson from '../index.ts'
import { AddressTokens } from './address-token.ts'
import { connectQuic, handshake } from './connect-quic.ts'
import { describeEnd, type QuicConnection } from './quic-connection.ts'
import { QuicServer, type QuicServerOptions } from './quic-server.ts'
import { resetToken, statelessReset } from './stateless-reset.ts'

beforeEach(({ skip }) => skipIfMissing(lesson, skip))

const certificate = await makeCertificate()
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(
  options: Partial<QuicServerOptions> = {},
  port = 0,
): Promise<QuicServer> {
  const server = new QuicServer({ certificate, idleMs: 10_000, ...options })
  closing.push(() => server.close())
  await server.listen(port, '127.0.0.1')
  return server
}

async function connect(port: number, idleMs = 10_000): Promise<QuicConnection> {
  const url = new URL(`http://127.0.0.1:${port}/`)
  const connection = await connectQuic(url, idleMs)
  closing.push(() => connection.destroy())
  return connection
}

/** A socket that keeps what comes. */
async function plainSocket() {
  const socket = createSocket('udp4')
  closing.push(() => new Promise<void>((resolve) => socket.close(resolve)))
  const received: Buffer[] = []
  socket.on('message', (packet) => received.push(packet))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const send = (packet: Uint8Array, port: number) =>
    socket.send(packet, port, '127.0.0.1')
  return { socket, received, send }
}

/** What comes on one connection goes back on it. */
function echo(server: QuicServer): void {
  server.on('connection', (connection) =>
    connection.on('stream', (stream) => stream.pipe(stream)),
  )
}

async function roundTrip(connection: QuicConnection, text: string) {
  const stream = await connection.openStream('bidirectional')
  stream.end(text)
  let back = ''
  for await (const chunk of stream) back += chunk
  return back
}

describe('a connection', () => {
  test('carries streams both ways, and tells how it ended', async () => {
    const server = await serve()
    echo(server)
    const connection = await connect(server.port)
    await handshake(connection)
    expect(await roundTrip(connection, 'hello')).toBe('hello')
    const large = 'x'.repeat(5_000_000)
    expect(await roundTrip(connection, large)).toBe(large)

    const [ofServer] = server.connections
    connection.close(7, 'bye')
    await soon(() =>
      expect(ofServer?.ended).toEqual({
        by: 'peer',
        code: 7,
        isApplication: true,
        reason: 'bye',
      }),
    )
    expect(server.connections.size).toBe(0)
  })

  test('waits to open a stream until the peer allows another one', async () => {
    const server = await serve()
    echo(server)
    const connection = await connect(server.port)
    const texts = Array.from({ length: 350 }, (_, n) => `text ${n}`)
    const all = texts.map((text) => roundTrip(connection, text))
    expect(await Promise.all(all)).toEqual(texts)
  })

  test('that nobody reads holds back who writes', async () => {
    const server = await serve()
    server.on('connection', (ofServer) =>
      ofServer.on('stream', (one) => one.writable && one.pipe(one)),
    )
    const connection = await connect(server.port)
    await handshake(connection)
    const stream = await connection.openStream('unidirectional')
    let written = 0
    const chunk = Buffer.alloc(65_536)
    const write = () => {
      do written += chunk.length
      while (stream.write(chunk))
    }
    stream.on('drain', write)
    write()
    // The window of a stream, and what is on its way into it.
    await soon(() => expect(written).toBeGreaterThan(1024 * 1024))
    // Another stream has room.
    expect(await roundTrip(connection, 'beside it')).toBe('beside it')
    expect(stream.writableNeedDrain).toBe(true)
    expect(written).toBeLessThan(2 * 1024 * 1024)
  })

  test('to a port where nobody listens fails at once', async () => {
    const { socket } = await plainSocket()
    const { port } = socket.address() as AddressInfo
    closing.pop()
    socket.close()
    const connection = await connect(port)
    await expect(handshake(connection)).rejects.toThrow(/ECONNREFUSED/)
  })

  test('whose peer falls silent ends', async () => {
    const server = await serve({ idleMs: 300 })
    const connection = await connect(server.port, 300)
    await handshake(connection)
    const [end] = (await event(connection, 'close')) as [
      Parameters<typeof describeEnd>[0],
    ]
    expect(describeEnd(end)).toBe('the peer fell silent')
  })
})

/** Carries packets to `port`, from a socket that can be changed. */
async function nat(port: number) {
  const inside = await plainSocket()
  let client = 0
  let outside: Socket
  const renew = async () => {
    const { socket } = await plainSocket()
    socket.on('message', (packet) => inside.send(packet, client))
    outside = socket
  }
  await renew()
  inside.socket.on('message', (packet, from) => {
    client = from.port
    outside.send(packet, port, '127.0.0.1')
  })
  return { port: inside.socket.address().port, renew }
}

test('a client whose address changes keeps its connection', async () => {
  const server = await serve()
  echo(server)
  const { port, renew } = await nat(server.port)
  const connection = await connect(port)
  await handshake(connection)
  expect(await roundTrip(connection, 'from here')).toBe('from here')
  await renew()
  expect(await roundTrip(connection, 'and from there')).toBe('and from there')
  expect(server.connections.size).toBe(1)
})

test('a server that was restarted tells clients that it knows nothing of them', async () => {
  const server = await serve()
  echo(server)
  const { port } = server
  const { port: viaNat } = await nat(port)
  const connection = await connect(viaNat)
  await handshake(connection)
  expect(await roundTrip(connection, 'hello')).toBe('hello')
  // It dies without a goodbye.
  await server.stop()
  await server.close()

  await serve({}, port)
  // Long packets only are answered, so that two servers cannot go on for ever.
  const stream = await connection.openStream('unidirectional')
  stream.write(Buffer.alloc(200))
  await soon(() => expect(connection.ended?.by).toBe('silence'))
})

describe('when many handshakes are under way', () => {
  test('a client has to prove its address, and then is served', async () => {
    const server = await serve({ retryAbove: 0 })
    echo(server)
    const connection = await connect(server.port)
    await handshake(connection)
    expect(await roundTrip(connection, 'proven')).toBe('proven')
  })

  test('a packet of a client that does not answer leaves nothing behind', async () => {
    const server = await serve({ retryAbove: 0 })
    const { received, send } = await plainSocket()
    send(await initialPacket(), server.port)
    await soon(() => expect(received).toHaveLength(1))
    // Bits 4 and 5 of a long header: 3 is Retry.
    expect(((received[0]?.[0] ?? 0) >> 4) & 3).toBe(3)
    expect(server.connections.size).toBe(0)
  })

  test('no more than so many are taken', async () => {
    const server = await serve({ maxHandshakes: 1 })
    const { send } = await plainSocket()
    for (let n = 0; n < 5; n++) send(await initialPacket(), server.port)
    await soon(() => expect(server.connections.size).toBe(1))
  })
})

/** The first packet of a client. */
async function initialPacket(): Promise<Buffer> {
  const { socket, received } = await plainSocket()
  await connect(socket.address().port)
  await soon(() => expect(received.length).toBeGreaterThan(0))
  return received[0] as Buffer
}

describe('a packet', () => {
  test('of another version is answered with those that there are', async () => {
    const server = await serve()
    const { received, send } = await plainSocket()
    const packet = await initialPacket()
    packet.writeUInt32BE(0x1a2a3a4a, 1)
    send(packet, server.port)
    await soon(() => expect(received).toHaveLength(1))
    expect(received[0]?.readUInt32BE(1)).toBe(0)
    expect(received[0]?.subarray(-4).readUInt32BE(0)).toBe(1)
  })

  test('of another version that is short is not', async () => {
    const server = await serve()
    const { received, send } = await plainSocket()
    const packet = (await initialPacket()).subarray(0, 1_000)
    packet.writeUInt32BE(0x1a2a3a4a, 1)
    send(packet, server.port)
    const connection = await connect(server.port)
    await handshake(connection)
    expect(received).toEqual([])
  })

  test('of no connection is answered by a reset that is shorter', async () => {
    const server = await serve()
    const { received, send } = await plainSocket()
    const packet = Buffer.concat([Buffer.of(0x40), Buffer.alloc(99, 7)])
    send(packet, server.port)
    await soon(() => expect(received).toHaveLength(1))
    expect(received[0]).toHaveLength(41)
    send(packet, server.port)
    await soon(() => expect(received).toHaveLength(2))
    // The same token, behind other noise.
    expect(received[1]?.subarray(-16)).toEqual(received[0]?.subarray(-16))
    expect(received[1]).not.toEqual(received[0])
  })

  test('that is mutated ends nothing: 300 of the handshake, 300 of a connection', async () => {
    const random = randomNumbers(10)
    const server = await serve()
    echo(server)
    const steady = await connect(server.port)
    const { send } = await plainSocket()
    const first = await initialPacket()
    for (let n = 0; n < 300; n++) send(mutated(first, random), server.port)

    // The same in the midst of a connection: each of its packets is followed
    // by three that are mutated.
    const { port } = await mutating(server.port, random)
    const connection = await connect(port)
    await handshake(connection)
    for (let n = 0; n < 100; n++)
      expect(await roundTrip(connection, `text ${n}`)).toBe(`text ${n}`)

    expect(await roundTrip(steady, 'still here')).toBe('still here')
  })
})

/** Some bytes changed, cut off or added. */
function mutated(packet: Buffer, random: () => number): Buffer {
  const pick = (count: number) => Math.floor(random() * count)
  const copy = Buffer.from(packet)
  for (let n = pick(8); n >= 0; n--) copy[pick(copy.length)] = pick(256)
  if (random() < 0.2) return copy.subarray(0, pick(copy.length))
  if (random() < 0.1) return Buffer.concat([copy, Buffer.alloc(pick(100), 1)])
  return copy
}

/** A way to `port` that adds mutated copies of what it carries. */
async function mutating(port: number, random: () => number) {
  const inside = await plainSocket()
  const outside = await plainSocket()
  let client = 0
  inside.socket.on('message', (packet, from) => {
    client = from.port
    for (let n = 0; n < 3; n++) outside.send(mutated(packet, random), port)
    outside.send(packet, port)
  })
  outside.socket.on('message', (packet) => {
    for (let n = 0; n < 3; n++) inside.send(mutated(packet, random), client)
    inside.send(packet, client)
  })
  return { port: inside.socket.address().port }
}

describe('a token for an address', () => {
  const tokens = new AddressTokens(Buffer.alloc(32, 1))
  const id = Buffer.from('cafe', 'hex')
  const token = tokens.issue('127.0.0.1:1', id, 1_000)

  test('gives the first connection id back', () => {
    expect(tokens.check(token, '127.0.0.1:1', 2_000)).toEqual(id)
  })

  test.each<[string, Buffer, string, number]>([
    ['of another address', token, '127.0.0.1:2', 2_000],
    ['that is old', token, '127.0.0.1:1', 12_000],
    ['that is cut off', token.subarray(0, 40), '127.0.0.1:1', 2_000],
    [
      'of another server',
      Buffer.from(token).fill(0, 0, 1),
      '127.0.0.1:1',
      2_000,
    ],
  ])('%s is worth nothing', (_, bytes, address, now) => {
    expect(tokens.check(bytes, address, now)).toBeUndefined()
  })
})

test('a reset is shorter than what it answers, and never too short', () => {
  const token = resetToken(Buffer.alloc(32), Buffer.of(1))
  expect(token).toHaveLength(16)
  expect(statelessReset(21, token)).toBeUndefined()
  expect(statelessReset(22, token)).toHaveLength(21)
  expect(statelessReset(1_200, token)).toHaveLength(41)
  const reset = statelessReset(1_200, token)
  expect((reset?.[0] ?? 0) >> 6).toBe(1)
  expect(reset?.subarray(-16)).toEqual(token)
})
