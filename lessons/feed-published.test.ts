import { getEventListeners } from 'node:events'

import { afterEach, expect, test, vi } from 'vitest'

import { Feed } from './feed.ts'

afterEach(() => void vi.useRealTimers())

test.each(['publish', 'limit', 'abort'])(
  'a wait for the next message ends at the %s, and leaves nothing',
  async (by) => {
    vi.useFakeTimers()
    const feed = new Feed()
    const controller = new AbortController()
    const { signal } = controller
    const woken = vi.fn()
    const waiting = feed.published(1_000, signal).then(woken)

    await vi.advanceTimersByTimeAsync(999)
    expect(woken).not.toHaveBeenCalled()
    expect(feed.followerCount).toBe(1)

    if (by === 'publish') feed.publish('2')
    else if (by === 'limit') vi.advanceTimersByTime(1)
    else controller.abort()
    await waiting
    expect(vi.getTimerCount()).toBe(0)
    expect(feed.followerCount).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  },
)

test('there is no wait when the signal has aborted before', async () => {
  const feed = new Feed()
  const signal = AbortSignal.abort()
  await feed.published(2 ** 30, signal)
  expect(feed.followerCount).toBe(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
