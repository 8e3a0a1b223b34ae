import { getEventListeners } from 'node:events'

import { describe, expect, test, vi } from 'vitest'

import { type Deliver, Feed, type Message } from './feed.ts'
import { soon } from './testing.ts'

/** A feed `test` that has published `count` messages: "1", "2", … */
function published(count: number, options = {}): Feed {
  const feed = new Feed({ name: 'test', ...options })
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  return feed
}

/** A follower that keeps what is delivered; `deliver` may do more with it. */
function follower(feed: Feed, cursor: string, deliver?: Deliver) {
  const controller = new AbortController()
  const { signal } = controller
  const got: string[] = []
  const done = feed.follow(cursor, signal, (message) => {
    got.push(message.data)
    return deliver?.(message)
  })
  return { got, done, signal, leave: () => controller.abort() }
}

function isIdle(feed: Feed, signal: AbortSignal): void {
  expect(feed.followerCount).toBe(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
}

/** A promise that is kept when the test says so. */
function gate() {
  let open = () => {}
  let fail = (_: Error) => {}
  const promise = new Promise<void>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { promise, open, fail }
}

describe('follow', () => {
  test('delivers what was published before, then each message at once', () => {
    const feed = published(3)
    const { got } = follower(feed, 'test-1')
    expect(got).toEqual(['2', '3'])
    feed.publish('4')
    expect(got).toEqual(['2', '3', '4'])
  })

  test('delivers only new messages at the present', () => {
    const feed = published(3)
    const { got } = follower(feed, feed.present)
    feed.publish('4')
    expect(got).toEqual(['4'])
  })

  test('holds back one follower while its promise is pending', async () => {
    const feed = published(1)
    const full = gate()
    const slow = follower(feed, 'test-0', ({ data }) =>
      data === '2' ? full.promise : undefined,
    )
    const fast = follower(feed, 'test-0')
    for (const data of ['2', '3', '4']) feed.publish(data)
    expect(slow.got).toEqual(['1', '2'])
    expect(fast.got).toEqual(['1', '2', '3', '4'])
    full.open()
    await soon(() => expect(slow.got).toEqual(fast.got))
    feed.publish('5')
    expect(slow.got).toEqual(['1', '2', '3', '4', '5'])
  })

  test('keeps the order when every delivery takes its time', async () => {
    const feed = published(50)
    let running = 0
    const slow = follower(feed, 'test-0', async ({ data }) => {
      expect(running++).toBe(0)
      for (let turn = Number(data) % 3; turn >= 0; turn--) await null
      running--
    })
    for (let n = 51; n <= 100; n++) {
      feed.publish(String(n))
      await null
    }
    await soon(() => expect(slow.got).toHaveLength(100))
    expect(slow.got.map(Number)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    )
  })

  test('ends one delivery before the next, also when it publishes', () => {
    const feed = published(0)
    const steps: string[] = []
    const deliver = ({ data }: Message) => {
      steps.push(`${data} begins`)
      if (data.length < 3) feed.publish(`${data}+`)
      steps.push(`${data} ends`)
      return undefined
    }
    follower(feed, feed.present, deliver)
    const other = follower(feed, feed.present)
    feed.publish('a')
    const order = ['a', 'a+', 'a++']
    expect(steps).toEqual(order.flatMap((x) => [`${x} begins`, `${x} ends`]))
    expect(other.got).toEqual(order)
  })

  test('shows a follower that was overtaken a jump in the ids', async () => {
    const feed = published(1, { maxMessages: 2 })
    const full = gate()
    const ids: string[] = []
    const slow = follower(feed, 'test-0', ({ id }) => {
      ids.push(id)
      return id === 'test-1' ? full.promise : undefined
    })
    for (const data of ['2', '3', '4', '5']) feed.publish(data)
    full.open()
    await soon(() => expect(ids).toHaveLength(3))
    expect(ids).toEqual(['test-1', 'test-4', 'test-5'])
    slow.leave()
  })
})

describe('a follower leaves', () => {
  test('when its signal aborts, and nothing of it stays', async () => {
    const feed = published(1)
    const { got, done, signal, leave } = follower(feed, 'test-0')
    expect(feed.followerCount).toBe(1)
    leave()
    await done
    isIdle(feed, signal)
    feed.publish('2')
    expect(got).toEqual(['1'])
  })

  test('at once when its signal has aborted before', async () => {
    const feed = published(1)
    const deliver = vi.fn<Deliver>()
    const signal = AbortSignal.abort()
    await feed.follow('test-0', signal, deliver)
    expect(deliver).not.toHaveBeenCalled()
    isIdle(feed, signal)
  })

  test('in the middle of a replay', async () => {
    const feed = published(3)
    const controller = new AbortController()
    const deliver = vi.fn<Deliver>(() => {
      controller.abort()
      return undefined
    })
    await feed.follow('test-0', controller.signal, deliver)
    expect(deliver).toHaveBeenCalledTimes(1)
    isIdle(feed, controller.signal)
  })

  test('without waiting for a connection that is full', async () => {
    const feed = published(2)
    const full = gate()
    const slow = follower(feed, 'test-0', () => full.promise)
    slow.leave()
    await slow.done
    isIdle(feed, slow.signal)
    full.open()
    await full.promise
    expect(slow.got).toEqual(['1'])
  })

  test('with the error that its delivery throws, and no other does', async () => {
    const feed = published(0)
    const failing = follower(feed, 'test-0', ({ data }) => {
      if (data === '2') throw new Error('broken')
      return undefined
    })
    const other = follower(feed, 'test-0')
    for (const data of ['1', '2', '3']) feed.publish(data)
    await expect(failing.done).rejects.toThrow('broken')
    expect(failing.got).toEqual(['1', '2'])
    expect(other.got).toEqual(['1', '2', '3'])
    expect(feed.followerCount).toBe(1)
    expect(getEventListeners(failing.signal, 'abort')).toEqual([])
  })

  test('with the error that its promise is rejected with', async () => {
    const feed = published(2)
    const full = gate()
    const { got, done, signal } = follower(feed, 'test-0', () => full.promise)
    full.fail(new Error('broken'))
    await expect(done).rejects.toThrow('broken')
    expect(got).toEqual(['1'])
    isIdle(feed, signal)
  })
})
