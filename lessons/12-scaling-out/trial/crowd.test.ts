// An account that finds nothing would find nothing anywhere: here is what it has
// to find.

import { afterEach, expect, test } from 'vitest'

import lesson from '../../04-server-sent-events/index.ts'
import { Feed } from '../../feed.ts'
import { view } from '../../shared/view.ts'
import { type StartedServer, startServer } from '../../start.ts'
import { Crowd } from './crowd.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A crowd at one server, and its account after ten messages that it took. */
async function accountOf(feed: Feed, served = feed) {
  const server: StartedServer = await startServer(lesson, { feed: served })
  closing.push(server.close)
  const crowd = new Crowd({
    subscribers: 3,
    urls: [server.url],
    after: [feed.start],
    ratePerS: 100,
    heartbeatMs: 15_000,
  })
  closing.push(() => crowd.close())
  // One that is lost is waited for in vain.
  for (let n = 1; n < 10; n++) await crowd.allHaveTheLast(500)
  expect(await crowd.allHaveTheLast(5_000)).toBe(true)
  return crowd.account
}

test('all that was published once is neither lost nor twice', async () => {
  expect(await accountOf(new Feed())).toEqual({
    published: 10,
    refused: 0,
    unanswered: 0,
    lost: 0,
    twice: 0,
    gaps: 0,
    moves: 0,
  })
})

test('what a server passes over is lost, for each subscriber', async () => {
  const feed = new Feed()
  const served = view(feed, {
    follow: (cursor, signal, deliver) =>
      feed.follow(cursor, signal, (message) =>
        message.data === '4' ? undefined : deliver(message),
      ),
  })
  expect(await accountOf(feed, served)).toMatchObject({ lost: 3, gaps: 3 })
})

test('what a server delivers twice is twice', async () => {
  const feed = new Feed()
  const served = view(feed, {
    follow: (cursor, signal, deliver) =>
      feed.follow(cursor, signal, (message) => {
        if (message.data === '4') deliver(message)
        return deliver(message)
      }),
  })
  expect(await accountOf(feed, served)).toMatchObject({ lost: 0, twice: 3 })
})

test('what a node refuses is refused', async () => {
  const feed = new Feed()
  const served = view(feed, {
    publish(data) {
      if (Number(data) % 2) throw new RangeError('Not now.')
      return feed.publish(data)
    },
  })
  const { published, refused } = await accountOf(feed, served)
  expect({ published, refused }).toEqual({ published: 10, refused: 9 })
})
