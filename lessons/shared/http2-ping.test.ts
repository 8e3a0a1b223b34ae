import type { Http2Session } from 'node:http2'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { pingPeer } from './http2-ping.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const acks: ((error: Error | null) => void)[] = []
  const session = {
    destroyed: false,
    destroy: vi.fn(),
    ping: vi.fn((ack: (error: Error | null) => void) => acks.push(ack)),
  }
  const gone = new AbortController()
  pingPeer(session as unknown as Http2Session, 100, gone.signal)
  return { session, gone, acks }
}

test('a peer is asked every heartbeat, and stays while it answers', () => {
  const { session, acks } = setUp()
  for (let n = 1; n <= 5; n++) {
    vi.advanceTimersByTime(100)
    expect(session.ping).toHaveBeenCalledTimes(n)
    acks.at(-1)?.(null)
  }
  expect(session.destroy).not.toHaveBeenCalled()
})

test('a peer that does not answer is cut at the next heartbeat', () => {
  const { session } = setUp()
  vi.advanceTimersByTime(199)
  expect(session.destroy).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(session.destroy).toHaveBeenCalledTimes(1)
  expect(session.ping).toHaveBeenCalledTimes(1)
})

test('a session that has ended, and has not told so yet, is left alone', () => {
  const { session } = setUp()
  session.destroyed = true
  vi.advanceTimersByTime(1_000)
  expect(session.ping).not.toHaveBeenCalled()
  expect(session.destroy).not.toHaveBeenCalled()
})

test('nothing is asked of a peer that is gone', () => {
  const { session, gone } = setUp()
  gone.abort()
  expect(vi.getTimerCount()).toBe(0)
  expect(session.ping).not.toHaveBeenCalled()
})
