// Requests that no program in its right mind would send: the server answers
// each, and goes on.

import { connect } from 'node:tls'

import { expect, test } from 'vitest'

import { mutate } from '../requirements/mutate.ts'
import { randomNumbers } from '../requirements/random.ts'
import { event, soon, wireOn } from '../testing.ts'
import {
  certificate,
  type Rig,
  send,
  start,
  subscribed,
} from './test-server.ts'

const seed = 20261125
const count = 300

/** A request as HTTP/1.1 sends it, and what it may be. */
function requests({ push, path, subscription }: Subscribed): string[] {
  const request = (line: string, body: string, ...headers: string[]) =>
    [
      `${line} HTTP/1.1`,
      'host: 127.0.0.1',
      'connection: close',
      `content-length: ${Buffer.byteLength(body)}`,
      ...headers,
      '',
      body,
    ].join('\r\n')
  const vapid = { vapid: subscription.keys.p256dh }
  return [
    request(
      `POST ${push}`,
      'x'.repeat(120),
      'ttl: 60',
      'urgency: high',
      'topic: score',
      'content-encoding: aes128gcm',
      'authorization: vapid t=eyJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJ4In0.AAAA, k=BAAA',
    ),
    request(`POST ${push}`, 'x', 'ttl: 60'),
    request('POST /subscribe', JSON.stringify(vapid)),
    request('POST /subscriptions', JSON.stringify(subscription)),
    request(`GET ${path}`, '', 'prefer: wait=0', 'urgency: low'),
    request('DELETE /message/abc.1', ''),
    request(`DELETE ${path.slice(0, -1)}`, ''),
    request('GET /messages?after=test-0', ''),
  ]
}

type Subscribed = Awaited<ReturnType<typeof subscribed>>

/** Sends the bytes, and waits until the server ends the connection. */
async function say(rig: Rig, bytes: Buffer): Promise<string> {
  const port = Number(rig.url.port)
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca: certificate.cert,
    ALPNProtocols: ['http/1.1'],
  })
  socket.on('error', () => {}) // Broken off: an answer, too.
  await event(socket, 'secureConnect')
  const wire = wireOn(socket)
  wire.write(bytes)
  socket.end()
  const text = await wire.end()
  socket.destroy()
  return text
}

test(`${count} mutated requests never end the process, nor the service`, async () => {
  await using rig = await start()
  const broken: unknown[] = []
  const note = (error: unknown) => broken.push(error)
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  try {
    const random = randomNumbers(seed)
    const statuses = new Map<string, number>()
    const own = await subscribed(rig)
    const plain = requests(own)
    for (let n = 0; n < count; n++) {
      const text = plain[n % plain.length] as string
      const answer = await say(rig, mutate(Buffer.from(text), random))
      const [, status = 'none'] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? []
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    // The mutations reach beyond the parser of HTTP, and none is a fault of ours.
    expect([...statuses.keys()]).toEqual(
      expect.arrayContaining(['201', '400', '404']),
    )
    expect(statuses.get('500')).toBeUndefined()

    const other = await subscribed(rig)
    expect(await send(rig, other.subscription, 'still here')).toBe(201)
    await soon(() => expect(broken).toEqual([]))
  } finally {
    process.off('uncaughtException', note)
    process.off('unhandledRejection', note)
  }
}, 60_000)

test(`${count} bodies of noise reach a subscriber that drops them`, async () => {
  await using rig = await start()
  const random = randomNumbers(seed)
  const { push, path, keys, subscription } = await subscribed(rig)
  rig.session.settings({ enablePush: false })
  let dropped = 0
  for (let n = 0; n < count; n++) {
    const noise = Uint8Array.from({ length: Math.floor(random() * 300) }, () =>
      Math.floor(random() * 256),
    )
    const { headers } = await rig.request('POST', push, { ttl: '60' }, noise)
    const message = String(headers.location)
    const { body } = await rig.request('GET', message)
    expect(body).toEqual(Buffer.from(noise))
    expect(() => keys.decrypt(body)).toThrow(/encrypted|damaged|key must be/)
    await rig.request('DELETE', message)
    dropped++
  }
  expect(dropped).toBe(count)
  expect(await send(rig, subscription, 'still here')).toBe(201)
  expect((await rig.request('GET', path, { prefer: 'wait=0' })).status).toBe(
    200,
  )
}, 60_000)
