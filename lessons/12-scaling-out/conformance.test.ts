// Every transport keeps on a feed that nodes share what it keeps on its own.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { Feed } from '../feed.ts'
import { loadLessons } from '../index.ts'
import { requirements } from '../requirements/index.ts'
import type { Checked } from '../requirements/requirement.ts'
import { skipIfMissing } from '../testing.ts'
import { RedisFeed } from './redis-feed.ts'
import { findRedis, howToGetRedis, RedisServer } from './redis-server.ts'

const deadlineMs = 20_000

const missing = () => (findRedis() ? undefined : howToGetRedis)
const feeds: RedisFeed[] = []
let redis: RedisServer
let count = 0

beforeAll(async () => {
  if (findRedis()) redis = await RedisServer.start()
})
afterAll(() => redis?.close())
beforeEach(({ skip }) => {
  skipIfMissing({ missing }, skip)
  return () => {
    for (const feed of feeds.splice(0)) feed.close()
  }
})

async function openFeed(options = {}): Promise<Feed> {
  const stream = `test-${++count}`
  const feed = await RedisFeed.open(redis.url, { stream, ...options })
  feeds.push(feed)
  const publish = feed.publish.bind(feed)
  feed.publish = (data) => {
    const published = publish(data)
    // A check that has seen what it wanted to see leaves before it is refused.
    published.catch(() => {})
    return published
  }
  return feed
}

for (const lesson of await loadLessons()) {
  describe(lesson.folder, () => {
    beforeEach(({ skip }) => skipIfMissing(lesson, skip))
    const checked: Checked = { ...lesson, openFeed }

    for (const { id, text, check } of requirements) {
      const reason = lesson.exceptions?.[id]
      const run = () => check(checked, AbortSignal.timeout(deadlineMs))
      if (reason === undefined) test(`${id}: ${text}`, run, deadlineMs + 5_000)
      else
        test(`${id}: cannot: ${reason}`, () => expect(run()).rejects.toThrow())
    }
  })
}
