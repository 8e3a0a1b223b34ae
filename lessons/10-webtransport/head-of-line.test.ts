// One packet is lost: which messages wait for it to be sent again?

import { setImmediate } from 'node:timers/promises'

import { beforeEach, describe, expect, test } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import { Link } from '../requirements/link.ts'
import { sleep } from '../shared/sleep.ts'
import { event, skipIfMissing, soon } from '../testing.ts'
import lesson from './index.ts'
import { connectQuic, handshake } from './quic/connect-quic.ts'
import type { QuicConnection } from './quic/quic-connection.ts'
import { QuicServer } from './quic/quic-server.ts'
import type { QuicStream } from './quic/quic-stream.ts'

beforeEach(({ skip }) => skipIfMissing(lesson, skip))

/** Two streams of a server, and what reaches the client, in the order in which it does. */
async function setUp() {
  const certificate = await makeCertificate()
  const server = new QuicServer({ certificate, idleMs: 10_000 })
  await server.listen(0, '127.0.0.1')
  const link = await Link.to(new URL(`http://127.0.0.1:${server.port}/`))
  const accepted = event(server, 'connection')
  const client = await connectQuic(link.url, 10_000)
  const arrived: string[] = []
  client.on('stream', (stream) =>
    stream.on('data', (chunk: Buffer) => arrived.push(...String(chunk))),
  )
  await handshake(client)
  const [ofServer] = (await accepted) as [QuicConnection]
  const a = await ofServer.openStream('unidirectional')
  const b = await ofServer.openStream('unidirectional')
  a.write('a')
  b.write('b')
  await soon(() => expect(arrived).toHaveLength(2))
  // Nothing of before is under way any more.
  await quiet(link)
  arrived.length = 0
  return {
    a,
    b,
    arrived,
    link,
    async [Symbol.asyncDispose]() {
      client.destroy()
      await link.close()
      await server.close()
    },
  }
}

/** Resolves when the link has carried nothing for a while. */
async function quiet(link: Link): Promise<void> {
  for (let seen = -1; seen !== link.bytesToClients; ) {
    seen = link.bytesToClients
    await sleep(100)
  }
}

/** Writes, and resolves when it has left. */
async function send(stream: QuicStream, text: string): Promise<void> {
  stream.write(text)
  await setImmediate()
}

/** The next packet to the client is lost. */
function loseOne(link: Link): void {
  let lost = 0
  link.loses = (_, to) => to === 'client' && lost++ === 0
}

describe('a packet that is lost', () => {
  test('holds up its own stream, and no other', async () => {
    await using rig = await setUp()
    const { a, b, arrived, link } = rig
    loseOne(link)
    await send(a, '1')
    for (const text of '2345') await send(b, text)
    await soon(() => expect(arrived).toHaveLength(5))
    expect(arrived.indexOf('1')).toBeGreaterThan(arrived.indexOf('2'))
  })

  test('holds up all that follows on one stream, as on a connection of TCP', async () => {
    await using rig = await setUp()
    const { a, arrived, link } = rig
    loseOne(link)
    await send(a, '1')
    for (const text of '2345') await send(a, text)
    await soon(() => expect(arrived).toEqual([...'12345']))
  })
})
