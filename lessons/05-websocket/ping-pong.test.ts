import { EventEmitter } from 'node:events'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'

import { startServer } from '../start.ts'
import { soon } from '../testing.ts'
import lesson from './index.ts'
import { pingPong } from './ping-pong.ts'
import { frame, framesOf, opcodes, openWire, textsOf } from './raw-frames.ts'

describe('with a clock of the test,', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function setUp() {
    const peer = Object.assign(new EventEmitter(), {
      isPaused: false,
      ping: vi.fn(),
      terminate: vi.fn(),
    })
    const gone = new AbortController()
    pingPong(peer as unknown as WebSocket, 100, gone.signal)
    return { peer, gone }
  }

  test('a peer is asked every heartbeat, and stays while it answers', () => {
    const { peer } = setUp()
    for (let n = 1; n <= 5; n++) {
      vi.advanceTimersByTime(100)
      expect(peer.ping).toHaveBeenCalledTimes(n)
      peer.emit('pong')
    }
    expect(peer.terminate).not.toHaveBeenCalled()
  })

  test('a peer that does not answer is cut at the next heartbeat', () => {
    const { peer } = setUp()
    vi.advanceTimersByTime(199)
    expect(peer.terminate).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(peer.terminate).toHaveBeenCalledTimes(1)
    expect(peer.ping).toHaveBeenCalledTimes(1)
  })

  test('a peer is not blamed while this side does not read', () => {
    const { peer } = setUp()
    vi.advanceTimersByTime(100)
    peer.isPaused = true
    vi.advanceTimersByTime(1_000)
    expect(peer.terminate).not.toHaveBeenCalled()
    peer.isPaused = false
    peer.emit('pong')
    vi.advanceTimersByTime(100)
    expect(peer.ping).toHaveBeenCalledTimes(2)
  })

  test('nothing is asked of a peer that is gone', () => {
    const { peer, gone } = setUp()
    gone.abort()
    expect(vi.getTimerCount()).toBe(0)
    expect(peer.ping).not.toHaveBeenCalled()
  })
})

describe('on the wire', () => {
  test('a server sends a ping, and the frame {} for pages', async () => {
    await using server = await startServer(lesson, { heartbeatMs: 20 })
    await using wire = await openWire(server.url)
    const ping = { opcode: opcodes.ping, payload: Buffer.of() }
    await soon(() => {
      expect(framesOf(wire)).toContainEqual(ping)
      expect(textsOf(wire)).toContain('{}')
    })
  })

  test('a client that answers stays', async () => {
    await using server = await startServer(lesson, { heartbeatMs: 50 })
    await using wire = await openWire(server.url)
    let answered = 0
    await soon(() => {
      const pings = framesOf(wire).filter((f) => f.opcode === opcodes.ping)
      for (; answered < pings.length; answered++)
        wire.write(frame(opcodes.pong, ''))
      expect(answered).toBe(4)
    })
  })

  test('a client that does not answer is cut, and forgotten', async () => {
    await using server = await startServer(lesson, { heartbeatMs: 20 })
    await using wire = await openWire(server.url)
    await wire.end()
    await soon(() => expect(server.feed.followerCount).toBe(0))
  })
})
