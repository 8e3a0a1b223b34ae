// One stream with topics, in a real browser.

import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { eventually, isInState, test as withBrowser } from '../browser-test.ts'
import { Feed } from '../feed.ts'
import { Link } from '../requirements/link.ts'
import { type ListeningServer, startServer } from '../start.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 60_000 })

const test = withBrowser.extend(
  'follow',
  ({ certificate, open, onTestFinished }) =>
    /** A page that follows the topics prices and news, through a link. */
    async (feed = new Feed({ name: 'test' })) => {
      const options = { certificate, feed, retryMs: 10, heartbeatMs: 500 }
      const server = await startServer(lesson, options)
      const link = await Link.to(server.url)
      onTestFinished(async () => {
        await link.close()
        await server.close()
      })
      const written: string[] = []
      watch(server).on('stream', (stream, { ':path': path }) => {
        if (!path.includes('topics')) return
        const write = stream.write.bind(stream)
        stream.write = (text: string) => {
          written.push(text)
          return write(text)
        }
      })
      const tab = await open(link.url)
      await isInState(tab, 'open')
      await tab.evaluate(`(async () => {
        const { followTopics } = await import('/topic-stream.js')
        window.noted = []
        const note = (...what) => noted.push(what.join(' '))
        window.close = followTopics(
          new URL(location.href),
          {
            prices: ({ id, data }) => note('P', id, data),
            news: ({ id, data }) => note('N', id, data),
          },
          {
            onGap: (after, resumedAt) => note('gap', after, resumedAt),
            onEnd: () => note('end'),
          },
        )
      })()`)
      await eventually(() => feed.followerCount, 'the stream').toBe(2)
      return { feed, link, server, tab, written }
    },
)

/** The server's events, those of HTTP/2 among them. */
function watch({ server }: ListeningServer): NodeJS.EventEmitter {
  return server as unknown as NodeJS.EventEmitter
}

const noted = (tab: Page) => tab.evaluate('noted')

test('each topic has its handler, and no other message comes', async ({
  follow,
}) => {
  const { feed, tab } = await follow()
  for (const data of ['prices: 1', 'weather: rain', 'none', 'news: a\nb'])
    feed.publish(data)
  await eventually(() => noted(tab), 'the messages').toEqual([
    'P test-1 prices: 1',
    'N test-4 news: a\nb',
  ])
})

test('it comes back where the server was, not only where the last message was', async ({
  follow,
  certificate,
}) => {
  const { feed, link, server, tab, written } = await follow()
  feed.publish('prices: 1')
  for (const n of [2, 3, 4]) feed.publish(`weather: ${n}`)
  await eventually(() => written, 'the position').toContain('id: test-4\n\n')
  const next = { certificate, feed, retryMs: 10 }
  await using other = await startServer(lesson, next)
  const ids: unknown[] = []
  watch(other).on('stream', (_, headers) => ids.push(headers['last-event-id']))
  link.leadTo(other.url)
  // It ends the stream behind all that it has written.
  await server.close()
  await eventually(() => feed.followerCount, 'both streams').toBe(2)
  feed.publish('news: 5')
  await eventually(() => noted(tab), 'the message').toEqual([
    'P test-1 prices: 1',
    'N test-5 news: 5',
  ])
  expect(ids).toContain('test-4')
})

test('it tells of a gap when the history has outlived its position, and not of topics left out', async ({
  follow,
}) => {
  const feed = new Feed({ name: 'test', maxMessages: 2 })
  const { link, tab } = await follow(feed)
  feed.publish('prices: 1')
  await eventually(() => noted(tab), 'the message').toHaveLength(1)
  link.bytesUntilCut = () => 0
  link.cut()
  for (const n of [2, 3, 4, 5]) feed.publish(`news: ${n}`)
  link.bytesUntilCut = () => Number.POSITIVE_INFINITY
  await eventually(() => noted(tab), 'the rest').toEqual([
    'P test-1 prices: 1',
    'gap test-1 test-3',
    'N test-4 news: 4',
    'N test-5 news: 5',
  ])
})

test('it says so when the server refuses to go on', async ({
  follow,
  certificate,
}) => {
  const { link, server, tab } = await follow()
  server.feed.publish('prices: 1')
  await eventually(() => noted(tab), 'the message').toHaveLength(1)
  const feed = new Feed({ name: 'afterwards' })
  await using restarted = await startServer(lesson, { certificate, feed })
  link.leadTo(restarted.url)
  link.cut()
  await eventually(() => noted(tab), 'the end').toEqual([
    'P test-1 prices: 1',
    'end',
  ])
})
