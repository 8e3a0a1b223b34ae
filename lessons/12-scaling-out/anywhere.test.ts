import { afterEach, expect, test } from 'vitest'

import lesson from '../04-server-sent-events/index.ts'
import lessons from '../05-websocket/index.ts'
import { Feed } from '../feed.ts'
import type { Gap, Lesson } from '../lesson.ts'
import { startServer } from '../start.ts'
import { soon } from '../testing.ts'
import { subscribeAnywhere } from './anywhere.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A subscriber at servers of `feeds`, in this order. */
async function start(lesson: Lesson, feeds: readonly Feed[], after: string) {
  const servers = await Promise.all(
    feeds.map((feed) => startServer(lesson, { feed })),
  )
  const leaving = new AbortController()
  const data: string[] = []
  const gaps: Gap[] = []
  const moves: string[] = []
  const messages = subscribeAnywhere(
    lesson,
    servers.map(({ url }) => url),
    {
      after,
      retryMs: 1,
      signal: leaving.signal,
      onGap: (gap) => gaps.push(gap),
      onMove: (url) => moves.push(url.href),
    },
  )
  const reading = (async () => {
    for await (const message of messages) data.push(message.data)
  })()
  closing.push(
    () => leaving.abort(),
    () => reading,
    ...servers.map((server) => server.close),
  )
  return { servers, data, gaps, moves }
}

test.each([lesson, lessons])(
  '$title goes on at the next address, after the last message',
  async (lesson) => {
    const feed = new Feed()
    const { servers, data, gaps, moves } = await start(
      lesson,
      [feed, feed],
      feed.start,
    )
    feed.publish('1')
    await soon(() => expect(data).toEqual(['1']))
    await servers[0]?.close()
    feed.publish('2')
    await soon(() => expect(data).toEqual(['1', '2']))
    expect(moves).toEqual([servers[1]?.url.href])
    expect(gaps).toEqual([])
  },
)

test('who finds another feed there is told', async () => {
  const [one, other] = [new Feed(), new Feed()]
  one.publish('1')
  other.publish('another 1')
  const { servers, data, gaps } = await start(lesson, [one, other], one.start)
  await soon(() => expect(data).toEqual(['1']))
  await servers[0]?.close()
  await soon(() => expect(data).toEqual(['1', 'another 1']))
  expect(gaps).toEqual([
    { after: one.present, resumedAt: other.start, lost: undefined },
  ])
})
