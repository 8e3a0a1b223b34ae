import { getEventListeners } from 'node:events'

import { describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'

import { SubscribeError } from '../lesson.ts'
import { startServer } from '../start.ts'
import { bareServer, event, soon } from '../testing.ts'
import { subscribe } from './client.ts'
import lesson from './index.ts'

test('it publishes on the connection that it reads', async () => {
  await using server = await startServer(lesson)
  const subscription = subscribe(server.url)
  const first = subscription.next()
  await subscription.publish('\uFEFFhello')
  expect((await first).value?.data).toBe('\uFEFFhello')
  await subscription.return()
})

test('it goes with a goodbye when its reader stops', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await event(server, 'listening')
  const { port } = server.address() as { port: number }
  const connected = event(server, 'connection')
  const subscription = subscribe(new URL(`http://127.0.0.1:${port}`))
  const first = subscription.next()
  const [webSocket] = (await connected) as [import('ws').WebSocket]
  const closed = event(webSocket, 'close')
  webSocket.send('{"id":"test-1","data":"a"}')
  await first
  await subscription.return()
  expect((await closed)[0]).toBe(1005) // A close frame without a code.
  server.close()
})

test('it ends when its signal aborts while it waits', async () => {
  await using server = await startServer(lesson)
  const controller = new AbortController()
  const { signal } = controller
  const subscription = subscribe(server.url, { signal })
  const next = subscription.next()
  await soon(() => expect(server.feed.followerCount).toBe(1))
  controller.abort()
  expect((await next).done).toBe(true)
  await soon(() => expect(server.feed.followerCount).toBe(0))
  await soon(() => expect(getEventListeners(signal, 'abort')).toEqual([]))
})

test('it offers no compression', async () => {
  let asked = ''
  await using server = await bareServer(async (wire) => {
    asked = await wire.until(/\r\n\r\n$/)
    wire.socket.destroy()
  })
  const controller = new AbortController()
  const { signal } = controller
  const done = subscribe(server.url, { signal }).next()
  await soon(() => expect(asked).not.toBe(''))
  controller.abort()
  await done
  expect(asked).toMatch(/\r\nupgrade: websocket\r\n/i)
  expect(asked).not.toMatch(/sec-websocket-extensions/i)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

describe('it reports', () => {
  test('a refusal with the sentence of the server', async () => {
    await using server = await startServer(lesson)
    const subscription = subscribe(server.url, { after: 'yesterday' })
    const error = await subscription.next().catch((error) => error)
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error).toMatchObject({ status: 400 })
    expect(error.message).toMatch(/A cursor looks like .* got "yesterday"/)
  })

  const wrongKey = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: x',
    '',
    '',
  ].join('\r\n')

  test.each([
    ['closes at once', '', 'waiting: socket hang up'],
    ['gives a wrong key', wrongKey, 'waiting: Invalid Sec-WebSocket-Accept'],
    ['has a page', 'HTTP/1.1 200 OK\r\n\r\n<p>', 'SubscribeError: http'],
  ])('a server that %s', async (_, answer, expected) => {
    await using server = await bareServer(async (wire) => {
      await wire.until(/\r\n\r\n$/)
      wire.socket.end(answer)
    })
    const controller = new AbortController()
    const { signal } = controller
    let told = ''
    const subscription = subscribe(server.url, {
      signal,
      onState(state) {
        if (state.is !== 'waiting') return
        told = `waiting: ${state.why}`
        controller.abort()
      },
    })
    await subscription.next().catch((error) => {
      told = String(error)
    })
    expect(told).toContain(expected)
    await soon(() => expect(getEventListeners(signal, 'abort')).toEqual([]))
  })
})
