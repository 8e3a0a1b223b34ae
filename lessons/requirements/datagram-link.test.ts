import { createSocket } from 'node:dgram'
import { once } from 'node:events'

import { afterEach, expect, test } from 'vitest'

import { soon } from '../testing.ts'
import { Link } from './link.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A socket that keeps what comes, and answers it with `answer` before it. */
async function peer(answer?: string) {
  const socket = createSocket('udp4')
  closing.push(() => new Promise<void>((done) => socket.close(done)))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const received: string[] = []
  socket.on('message', (datagram, { port }) => {
    received.push(String(datagram))
    if (answer) socket.send(`${answer} ${datagram}`, port, '127.0.0.1')
  })
  const url = new URL(`http://127.0.0.1:${socket.address().port}/`)
  const send = (text: string, to: URL) =>
    socket.send(text, Number(to.port), '127.0.0.1')
  return { received, url, send }
}

async function linkTo(target: URL): Promise<Link> {
  const link = await Link.to(target)
  closing.push(() => link.close())
  return link
}

test('a link carries datagrams both ways, for each client by itself', async () => {
  const server = await peer('re:')
  const link = await linkTo(server.url)
  const [one, other] = [await peer(), await peer()]
  one.send('one', link.url)
  await soon(() => expect(one.received).toEqual(['re: one']))
  other.send('other', link.url)
  await soon(() => expect(other.received).toEqual(['re: other']))
  expect(link.connections).toBe(2)
  expect(link.bytesToClients).toBe('re: onere: other'.length)
})

test('a flow that is cut stays silent, and a new one is carried', async () => {
  const server = await peer('re:')
  const link = await linkTo(server.url)
  const [one, other] = [await peer(), await peer()]
  one.send('before', link.url)
  await soon(() => expect(one.received).toEqual(['re: before']))
  link.cut()
  one.send('after', link.url)
  other.send('new', link.url)
  await soon(() => expect(other.received).toEqual(['re: new']))
  expect(server.received).toEqual(['before', 'new'])
})

test('a flow is cut after so many bytes, and a datagram is never cut in two', async () => {
  const server = await peer('re:')
  const link = await linkTo(server.url)
  link.bytesUntilCut = () => 15
  const one = await peer()
  for (const text of ['1234', '5678', '9']) {
    const before = server.received.length
    one.send(text, link.url)
    if (text !== '9')
      await soon(() => expect(server.received.length).toBe(before + 1))
  }
  await soon(() => expect(link.broken).toBe(1))
  expect(one.received).toEqual(['re: 1234'])
})

test('a flow that is frozen loses what is sent meanwhile', async () => {
  const server = await peer('re:')
  const link = await linkTo(server.url)
  const [one, other] = [await peer(), await peer()]
  one.send('before', link.url)
  await soon(() => expect(one.received).toHaveLength(1))
  link.freeze()
  one.send('lost', link.url)
  other.send('new', link.url)
  await soon(() => expect(other.received).toEqual(['re: new']))
  link.thaw()
  one.send('again', link.url)
  await soon(() => expect(one.received).toEqual(['re: before', 're: again']))
})

test('flows that there are keep to their server, new ones go where the link leads', async () => {
  const [old, next] = [await peer('old'), await peer('next')]
  const link = await linkTo(old.url)
  const [one, other] = [await peer(), await peer()]
  one.send('1', link.url)
  await soon(() => expect(one.received).toEqual(['old 1']))
  link.leadTo(next.url)
  one.send('2', link.url)
  other.send('3', link.url)
  await soon(() => expect(one.received).toEqual(['old 1', 'old 2']))
  await soon(() => expect(other.received).toEqual(['next 3']))
})

test('a datagram is lost where the link loses it', async () => {
  const server = await peer('re:')
  const link = await linkTo(server.url)
  const one = await peer()
  link.loses = (datagram, to) => to === 'server' && datagram.includes('lost')
  one.send('lost', link.url)
  one.send('kept', link.url)
  await soon(() => expect(one.received).toEqual(['re: kept']))
})
