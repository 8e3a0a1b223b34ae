import type { ServerHttp2Stream } from 'node:http2'

import { expect, test } from 'vitest'

import type { ConnectionState, Subscription } from '../lesson.ts'
import { soon } from '../testing.ts'
import { subscribe } from './client.ts'
import { setUp } from './test-streams.ts'

async function start() {
  const rig = await setUp()
  const leaving = new AbortController()
  const states: ConnectionState[] = []
  const subscription: Subscription = subscribe(rig.url, {
    signal: leaving.signal,
    retryMs: 1,
    onState: (state) => states.push(state),
  })
  const next = subscription.next()
  return {
    ...rig,
    states,
    subscription,
    next,
    /** Paths, read now. */
    paths: () => rig.asked.map(({ path }) => path),
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await subscription.return()
      await rig[Symbol.asyncDispose]()
    },
  }
}

function hint(stream: ServerHttp2Stream, ...links: string[]): void {
  for (const link of links)
    stream.additionalHeaders({
      ':status': 103,
      link: `<${link}>; rel=preload; as=fetch`,
    })
}

function open(stream: ServerHttp2Stream, cursor: string): void {
  stream.additionalHeaders({ ':status': 103, etag: `"${cursor}"` })
}

function answer(stream: ServerHttp2Stream, data: string): void {
  stream.respond({ 'content-length': data.length })
  stream.end(data)
}

const messages = (...numbers: number[]) =>
  numbers.map((n) => ({ id: `test-${n}`, data: `${n}` }))

test('asks for each message at once, and takes them in the order of the hints', async () => {
  await using rig = await start()
  const held = await rig.stream(0)
  open(held, 'test-0')
  hint(held, '/messages/test-1', '/messages/test-2', '/messages/test-3')
  await rig.stream(3)
  expect(rig.paths()).toEqual([
    '/messages',
    '/messages/test-1',
    '/messages/test-2',
    '/messages/test-3',
  ])
  for (const n of [3, 2, 1]) answer(await rig.stream(n), String(n))
  const got = [await rig.next]
  for (const _ of [2, 3]) got.push(await rig.subscription.next())
  expect(got.map(({ value }) => value)).toEqual(messages(1, 2, 3))
})

test('asks again when it has taken what it was told of, not before', async () => {
  await using rig = await start()
  const held = await rig.stream(0)
  open(held, 'test-0')
  hint(held, '/messages/test-1', '/messages/test-2')
  held.respond({ ':status': 204 }, { endStream: true })
  for (const n of [1, 2]) answer(await rig.stream(n), String(n))
  expect((await rig.next).value).toEqual(messages(1)[0])
  expect((await rig.subscription.next()).value).toEqual(messages(2)[0])
  await new Promise(setImmediate)
  expect(rig.asked).toHaveLength(3)

  const third = rig.subscription.next()
  const again = await rig.stream(3)
  expect(rig.paths()[3]).toBe('/messages?after=test-2')
  open(again, 'test-2')
  hint(again, '/messages/test-3')
  answer(await rig.stream(4), '3')
  expect((await third).value).toEqual(messages(3)[0])
  // On the same connection, and nobody was told of a break.
  expect(rig.sockets).toHaveLength(2) // One is the rig's own.
  expect(rig.states.map(({ is }) => is)).toEqual(['connecting', 'open'])
})

test('waits before it asks again where no 103 comes through', async () => {
  await using rig = await start()
  const held = await rig.stream(0)
  held.respond({ ':status': 204 }, { endStream: true })
  await soon(() => {
    expect(rig.states[1]).toMatchObject({
      is: 'waiting',
      why: 'an answer came without a 103: something on the way keeps them',
    })
  })
})

test('follows no hint that leads elsewhere', async () => {
  await using rig = await start()
  const held = await rig.stream(0)
  open(held, 'test-0')
  hint(held, 'https://evil.example/messages/test-1', '//evil.example/', '/')
  hint(held, '/messages/test-1')
  const first = await rig.stream(1)
  expect(rig.paths()).toEqual(['/messages', '/messages/test-1'])
  answer(first, '1')
  expect((await rig.next).value).toEqual(messages(1)[0])
})

test('reconnects after the last message when an answer breaks off', async () => {
  await using rig = await start()
  const held = await rig.stream(0)
  open(held, 'test-0')
  hint(held, '/messages/test-1', '/messages/test-2')
  answer(await rig.stream(1), '1')
  expect((await rig.next).value).toEqual(messages(1)[0])
  const broken = await rig.stream(2)
  broken.respond({ 'content-length': 5 })
  broken.end('ha')
  const second = rig.subscription.next()
  const again = await rig.stream(3)
  expect(rig.paths()[3]).toBe('/messages?after=test-1')
  open(again, 'test-1')
  hint(again, '/messages/test-2')
  answer(await rig.stream(4), '2')
  expect((await second).value).toEqual(messages(2)[0])
})
