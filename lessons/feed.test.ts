import { describe, expect, test, vi } from 'vitest'

import type { Cursor } from './cursor.ts'
import { Feed, type Message } from './feed.ts'
import { Refusal } from './shared/refusal.ts'

/** A feed `test` that has published `count` messages: "1", "2", … */
function published(count: number, options = {}): Feed {
  const feed = new Feed({ name: 'test', ...options })
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  return feed
}

function dataAfter(feed: Feed, cursor: string, maxBytes?: number): string[] {
  return feed.read(cursor, maxBytes).map(({ data }) => data)
}

describe('publish', () => {
  test('gives consecutive ids, each the cursor just after its message', () => {
    const feed = published(0)
    expect(feed.present).toBe('test-0')
    expect(feed.publish('a')).toEqual({ id: 'test-1', data: 'a' })
    expect(feed.publish('a')).toEqual({ id: 'test-2', data: 'a' })
    expect(feed.present).toBe('test-2')
  })

  test('forgets the oldest message when there are too many', () => {
    const feed = published(5, { maxMessages: 3 })
    expect(feed.start).toBe('test-2')
    expect(feed.present).toBe('test-5')
    expect(dataAfter(feed, 'test-0')).toEqual(['3', '4', '5'])
  })

  test('forgets the oldest messages when they hold too many bytes', () => {
    const feed = published(0, { maxBytes: 10 })
    feed.publish('123')
    feed.publish('1234567')
    expect(feed.start).toBe('test-0')
    feed.publish('ü€')
    expect(feed.start).toBe('test-2')
    expect(dataAfter(feed, 'test-0')).toEqual(['ü€'])
    feed.publish('12345')
    expect(feed.start).toBe('test-2')
  })

  test('keeps one message that fills the history exactly', () => {
    const feed = published(3, { maxBytes: 4 })
    feed.publish('😀')
    expect(dataAfter(feed, 'test-0')).toEqual(['😀'])
    expect(feed.start).toBe('test-3')
  })

  test('refuses a message larger than the history, and stays as it was', async () => {
    const feed = published(1, { maxBytes: 3 })
    expect(() => feed.publish('😀')).toThrow(
      new RangeError("A message must fit the feed's 3 bytes, got 4."),
    )
    expect(feed.present).toBe('test-1')
    expect((await feed.publish('2')).id).toBe('test-2')
  })

  test('refuses a lone surrogate, and stays as it was', () => {
    const feed = published(1)
    for (const data of ['\uD83D', 'a\uDE00b', '\uDE00\uD83D'])
      expect(() => feed.publish(data)).toThrow(
        new TypeError('Data must be well-formed Unicode text.'),
      )
    expect(feed.present).toBe('test-1')
  })
})

describe('a name', () => {
  test('is six random characters when none is given', () => {
    const names = Array.from({ length: 50 }, () => new Feed().name)
    for (const name of names) expect(name).toMatch(/^[a-z0-9]{6}$/)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(['abc', '', 'Test', 'a-b-c', '0123456789abcdefg'])(
    '%j is refused: no cursor could hold it',
    (name) => {
      expect(() => new Feed({ name })).toThrow(
        new RangeError(
          `A feed's name must be 4 to 16 of a-z and 0-9, got "${name}".`,
        ),
      )
    },
  )
})

describe('locate', () => {
  test.each([undefined, null])('goes to the present for %s', (none) => {
    expect(published(3).locate(none)).toBe('test-3')
  })

  test('keeps a cursor of which nothing is lost', () => {
    const feed = published(5, { maxMessages: 3 })
    for (const cursor of ['test-2', 'test-4', 'test-5'])
      expect(feed.locate(cursor)).toBe(cursor)
  })

  test('goes to the oldest message kept when earlier ones are lost', () => {
    const feed = published(5, { maxMessages: 3 })
    expect(feed.locate('test-1')).toBe('test-2')
    expect(feed.locate('test-0')).toBe('test-2')
  })

  test.each(['', 'yesterday', 'test-1 ', 'test-01'])(
    'refuses the malformed %j with a sentence',
    (cursor) => {
      const refusal = refusalOf(published(3), cursor)
      expect(refusal).toMatchObject({ status: 400, headers: {} })
      expect(refusal.message).toBe(
        `A cursor looks like test-3, got ${JSON.stringify(cursor)}. Leave it out to start at the present.`,
      )
    },
  )

  test.each(['gone-1', 'test-6'])(
    'refuses %s, of another feed or of its future, and says where to start',
    (cursor) => {
      const refusal = refusalOf(published(5, { maxMessages: 3 }), cursor)
      expect(refusal).toMatchObject({
        status: 400,
        headers: { 'feed-start': 'test-2' },
      })
      expect(refusal.message).toBe(
        `The cursor ${cursor} is not of this feed, which is at test-5: the server has restarted since, or it is another one. Start again after test-2.`,
      )
    },
  )

  test('tells its owner that somebody asks, whatever the answer', () => {
    const onSubscribe = vi.fn()
    const feed = published(1, { onSubscribe })
    feed.locate()
    expect(() => feed.locate('yesterday')).toThrow(Refusal)
    expect(onSubscribe).toHaveBeenCalledTimes(2)
  })
})

function refusalOf(feed: Feed, cursor: string): Refusal {
  try {
    expect.fail(`${cursor} was located at ${feed.locate(cursor)}`)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

describe('find', () => {
  test('has a message by its id while the history keeps it', () => {
    const feed = published(5, { maxMessages: 3 })
    expect(feed.find('test-3')).toEqual({ id: 'test-3', data: '3' })
    for (const id of ['test-2', 'test-0', 'test-6', 'gone-3', 'yesterday'])
      expect(feed.find(id)).toBeUndefined()
  })
})

describe('read', () => {
  test('has nothing at the present', () => {
    expect(published(3).read('test-3')).toEqual([])
  })

  test('fills a page with no more than maxBytes of data', () => {
    const feed = published(0)
    for (const data of ['12', '34', '€', '5']) feed.publish(data)
    expect(dataAfter(feed, 'test-0', 4)).toEqual(['12', '34'])
    expect(dataAfter(feed, 'test-1', 4)).toEqual(['34'])
    expect(dataAfter(feed, 'test-2', 4)).toEqual(['€', '5'])
  })

  test('hands out a message larger than a page by itself', () => {
    const feed = published(0)
    for (const data of ['1', 'x'.repeat(100), '2']) feed.publish(data)
    expect(dataAfter(feed, 'test-0', 10)).toEqual(['1'])
    expect(dataAfter(feed, 'test-1', 10)).toEqual(['x'.repeat(100)])
    expect(dataAfter(feed, 'test-2', 10)).toEqual(['2'])
  })

  test('holds a page of 1 MiB when nothing else is asked for', () => {
    const feed = published(0)
    for (let n = 0; n < 3; n++) feed.publish('x'.repeat(512 * 1024))
    expect(feed.read('test-0')).toHaveLength(2)
  })
})

describe('a feed whose messages are counted elsewhere', () => {
  class Elsewhere extends Feed {
    override append(data: string): Message {
      return super.append(data)
    }
    override goOnAt(name: string, position: number): void {
      super.goOnAt(name, position)
    }
    override isYetToCome({ feed }: Cursor): boolean {
      return feed === 'next'
    }
  }

  /** "1" to "3" of `test`, then a jump to 7: "8" and "9". */
  function jumped(options = {}): Elsewhere {
    const feed = new Elsewhere({ name: 'test', ...options })
    for (const data of ['1', '2', '3']) feed.append(data)
    feed.goOnAt('test', 7)
    for (const data of ['8', '9']) feed.append(data)
    return feed
  }

  test('goes on at another position, and starts there', () => {
    const feed = jumped()
    expect([feed.start, feed.present]).toEqual(['test-7', 'test-9'])
    expect(feed.read(feed.start)).toEqual([
      { id: 'test-8', data: '8' },
      { id: 'test-9', data: '9' },
    ])
    for (const lost of ['test-2', 'test-3', 'test-5'])
      expect(feed.locate(lost)).toBe('test-7')
    expect(feed.locate('test-8')).toBe('test-8')
    expect(feed.find('test-8')).toEqual({ id: 'test-8', data: '8' })
    for (const lost of ['test-5', 'test-6', 'test-7', 'test-10'])
      expect(feed.find(lost)).toBeUndefined()
  })

  test('forgets what is before the jump first', () => {
    const feed = jumped({ maxMessages: 3 })
    expect(feed.start).toBe('test-7')
    feed.append('10')
    feed.append('11')
    expect(feed.start).toBe('test-8')
  })

  test('brings whoever follows all that it has, and then what is next', async () => {
    const feed = jumped()
    const reading = new AbortController()
    const ids: string[] = []
    const following = feed.follow('test-7', reading.signal, ({ id }) => {
      ids.push(id)
      return undefined
    })
    feed.goOnAt('other', 0)
    feed.append('1')
    reading.abort()
    await following
    expect(ids).toEqual(['test-8', 'test-9', 'other-1'])
    expect([feed.start, feed.present]).toEqual(['other-0', 'other-1'])
    expect(dataAfter(feed, 'test-9')).toEqual(['1'])
    expect(() => feed.locate('test-9')).toThrow(/is not of this feed/)
  })

  test('lets a cursor wait that it has yet to reach', () => {
    const feed = jumped()
    expect(feed.locate('next-2')).toBe('next-2')
    expect(feed.read('next-2')).toEqual([])
    feed.goOnAt('next', 0)
    for (const data of ['1', '2', '3']) feed.append(data)
    expect(dataAfter(feed, 'next-2')).toEqual(['3'])
  })
})
