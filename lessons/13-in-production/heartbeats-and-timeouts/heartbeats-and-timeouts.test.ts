// A middlebox that forgets who is idle: who notices, and who does not.

import { connect } from 'node:net'

import { describe, expect, test } from 'vitest'

import longPolling from '../../02-long-polling/index.ts'
import httpStreaming from '../../03-http-streaming/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { startServer } from '../../start.ts'
import { event, request, soon, wireOn } from '../../testing.ts'
import { stayIdle } from './idle.ts'
import { startMiddlebox } from './middlebox.ts'

const silence = { forgetsAfterMs: 300, idleMs: 700 }

// They wait nearly all the time.
describe.concurrent.each([
  ['02', longPolling],
  ['03', httpStreaming],
  ['04', serverSentEvents],
  ['05', webSocket],
])('lesson %s', (_, lesson) => {
  test('without a heartbeat: the message is lost on its way, and nobody knows', async () => {
    const seen = await stayIdle({
      ...silence,
      lesson,
      heartbeatMs: 60_000,
      patienceMs: 500,
    })
    expect(seen).toMatchObject({
      tookMs: undefined,
      forgotten: 1,
      state: 'open',
      believed: 1,
      open: 0,
    })
  })

  test('without one, and a reset: the message is what finds out', async () => {
    const seen = await stayIdle({
      ...silence,
      lesson,
      heartbeatMs: 60_000,
      resets: true,
      patienceMs: 20_000,
    })
    expect(seen.tookMs).toBeDefined()
    expect(seen).toMatchObject({ lost: 0, forgotten: 1, believed: 1, open: 1 })
  })

  test('a heartbeat that is too seldom: the client finds out, and loses nothing', async () => {
    const seen = await stayIdle({
      ...silence,
      lesson,
      heartbeatMs: 400,
      patienceMs: 20_000,
    })
    expect(seen.tookMs).toBeDefined()
    expect(seen.lost).toBe(0)
    expect(seen.forgotten).toBeGreaterThan(0)
  })
})

test.concurrent.each([
  ['04', serverSentEvents],
  ['05', webSocket],
])(
  'a heartbeat that is often enough: nothing is forgotten: %s',
  async (_, lesson) => {
    const seen = await stayIdle({
      lesson,
      heartbeatMs: 50,
      forgetsAfterMs: 2_000,
      idleMs: 2_500,
      patienceMs: 20_000,
    })
    expect(seen.tookMs).toBeDefined()
    expect(seen).toMatchObject({ lost: 0, forgotten: 0, believed: 1, open: 1 })
  },
)

describe('the middlebox', () => {
  const asks = request('GET /messages')

  async function connected(resets?: boolean) {
    const started = await startServer(serverSentEvents)
    const middlebox = await startMiddlebox({
      to: started.url,
      forgetsAfterMs: 200,
      resets,
    })
    const socket = connect(Number(middlebox.url.port), '127.0.0.1')
    await event(socket, 'connect')
    const wire = wireOn(socket)
    wire.write(asks)
    await wire.until(/event: start/)
    await soon(() => expect(middlebox.forgotten).toBe(1))
    return {
      started,
      middlebox,
      socket,
      wire,
      async [Symbol.asyncDispose]() {
        await wire[Symbol.asyncDispose]()
        await middlebox[Symbol.asyncDispose]()
        await started.close()
      },
    }
  }

  test('does not tell of an end, either', async () => {
    await using there = await connected()
    const { started, middlebox, socket } = there
    socket.destroy()
    await event(socket, 'close')
    expect(middlebox.open).toBe(0)
    // The heartbeat of 15 s is far away: the server serves nobody.
    started.feed.publish('to nobody')
    expect(started.feed.followerCount).toBe(1)
  })

  test('resets both ends, if it is one that does, as soon as one of them sends', async () => {
    await using there = await connected(true)
    const { started, socket } = there
    const closed = event(socket, 'close')
    started.feed.publish('too late')
    await closed
    await soon(() => expect(started.feed.followerCount).toBe(0))
  })
})
