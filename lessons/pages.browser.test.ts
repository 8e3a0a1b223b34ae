// Every lesson's page, in a real browser.

import { beforeEach, describe, expect, vi } from 'vitest'

import {
  eventually,
  isInState,
  shownOn,
  test as withBrowser,
} from './browser-test.ts'
import { Feed } from './feed.ts'
import { loadLessons } from './index.ts'
import { describeGap } from './lesson.ts'
import { Link } from './requirements/link.ts'
import { range } from './requirements/rig.ts'
import { sleep } from './shared/sleep.ts'
import { startServer } from './start.ts'
import { skipIfMissing } from './testing.ts'

vi.setConfig({ testTimeout: 90_000 })

/**
 * Where the nth connection is cut: at odd places, in a handshake, between
 * messages, inside of one. Each carries more than the one before, as a handshake
 * and the answer to a poll are all or nothing.
 */
function bytesOf(n: number): number {
  const golden = 0.618_034 // Its multiples, less their whole part, never repeat.
  return Math.floor(100 * 2 ** n * (1 + ((n * golden) % 1)))
}

const retryMs = 10

/** A heartbeat for lessons over UDP, where a cut shows by silence only. */
const quickMs = 400

for (const lesson of await loadLessons()) {
  const test = withBrowser
    .extend(
      'start',
      ({ certificate, onTestFinished }) =>
        async (feed = new Feed()) => {
          const needsOne = lesson.secure || lesson.certified
          const started = await startServer(lesson, {
            feed,
            retryMs,
            ...(lesson.udp && { heartbeatMs: quickMs }),
            ...(needsOne && { certificate }),
          })
          onTestFinished(started.close)
          return started
        },
    )
    .extend('linkTo', ({ onTestFinished }) => async (url: URL) => {
      const link = await Link.to(url)
      onTestFinished(() => link.close())
      return link
    })

  /** The page behind `url`, told to wait as shortly as the server does. */
  const pageAt = (url: URL) => {
    const heartbeat = lesson.udp ? `&heartbeatMs=${quickMs}` : ''
    return new URL(`/?retryMs=${retryMs}&intervalMs=50${heartbeat}`, url)
  }

  describe(lesson.folder, () => {
    beforeEach(({ skip }) => skipIfMissing(lesson, skip))

    test('the page shows messages in order, as they are', async ({
      start,
      open,
    }) => {
      const { url, feed } = await start()
      const page = await open(pageAt(url))
      const number = lesson.folder.slice(0, 2)
      expect(await page.title()).toBe(`${number} ${lesson.title}`)
      expect(await page.getByRole('heading').textContent()).toBe(
        `Lesson ${number} ${lesson.title}`,
      )
      await isInState(page, 'open')

      const texts = ['first', '', 'two\nlines', '<b>no markup</b>', ' ✓ 👍 ']
      for (const text of texts) feed.publish(text)

      await eventually(() => shownOn(page), 'the messages').toEqual(texts)
    })

    test('the page shows every message once, however often the connection is cut', async ({
      start,
      linkTo,
      open,
    }) => {
      const { url, feed } = await start()
      const link = await linkTo(url)
      const page = await open(pageAt(link.url))
      await isInState(page, 'open')

      feed.publish('first')
      const texts = ['first']
      await eventually(() => shownOn(page), 'a message').toEqual(texts)

      for (const wave of ['a', 'b', 'c']) {
        const before = link.connections
        link.bytesUntilCut = (n) => bytesOf(n - before)
        link.cut()
        for (const n of range(1, 60)) {
          const text = `${wave} ${n} ${'✓'.repeat(n % 20)}`
          texts.push(text)
          feed.publish(text)
          await sleep(5) // So that they flow; no fact waits for it.
        }
        await eventually(() => shownOn(page), 'all messages').toEqual(texts)
        expect(link.connections - before, 'connections').toBeGreaterThan(2)
      }
      expect(await page.locator('[data-gap]').count(), 'gaps').toBe(0)
    })

    test('what one page publishes reaches another', async ({ start, open }) => {
      const { url } = await start()
      const one = await open(pageAt(url))
      const other = await open(pageAt(url))
      await isInState(one, 'open')
      await isInState(other, 'open')

      const box = one.getByLabel('Publish a message')
      await box.fill('Hello, all of you ✓')
      await box.press('Enter')

      for (const page of [other, one])
        await eventually(() => shownOn(page), 'the message').toEqual([
          'Hello, all of you ✓',
        ])
      await eventually(() => box.inputValue(), 'an empty box').toBe('')
    })

    test('the page tells of a gap when the server restarts with another feed, and goes on', async ({
      start,
      linkTo,
      open,
    }) => {
      const old = await start(new Feed({ name: 'before' }))
      const link = await linkTo(old.url)
      const page = await open(pageAt(link.url))
      await isInState(page, 'open')
      old.feed.publish('from the old feed')
      await eventually(() => shownOn(page), 'the message').toHaveLength(1)

      await old.close()
      const status = page.getByRole('status')
      await eventually(
        () => status.getAttribute('data-state'),
        'the page to notice',
      ).not.toBe('open')
      const restarted = await start(new Feed({ name: 'afterwards' }))
      restarted.feed.publish('from the new feed')
      link.leadTo(restarted.url)

      await eventually(() => shownOn(page), 'the next message').toEqual([
        'from the old feed',
        'from the new feed',
      ])
      const gap = { after: 'before-1', resumedAt: 'afterwards-0' }
      expect(await page.locator('[data-gap]').allTextContents()).toEqual([
        describeGap({ ...gap, lost: undefined }),
      ])
    })

    test('the page tells of the gap even if it has seen no message before', async ({
      start,
      linkTo,
      open,
    }) => {
      const old = await start(new Feed({ name: 'before' }))
      const link = await linkTo(old.url)
      const page = await open(pageAt(link.url))
      await isInState(page, 'open')

      await old.close()
      const restarted = await start(new Feed({ name: 'afterwards' }))
      restarted.feed.publish('from the new feed')
      link.leadTo(restarted.url)

      await eventually(() => shownOn(page), 'the message').toEqual([
        'from the new feed',
      ])
      expect(await page.locator('[data-gap]').count(), 'gaps').toBe(1)
    })

    test('a page that was disconnected receives what it missed', async ({
      start,
      open,
    }) => {
      const { url, feed } = await start()
      const page = await open(pageAt(url))
      await isInState(page, 'open')
      feed.publish('seen')
      await eventually(() => shownOn(page), 'the message').toEqual(['seen'])

      await page.getByRole('button', { name: 'Disconnect' }).click()
      await isInState(page, 'left')
      feed.publish('missed')
      await page.getByRole('button', { name: 'Reconnect' }).click()

      await eventually(() => shownOn(page), 'the message').toEqual([
        'seen',
        'missed',
      ])
    })

    test('the page fits a phone, whatever it shows', async ({
      start,
      open,
    }) => {
      const { url, feed } = await start()
      const page = await open(pageAt(url))
      await page.setViewportSize({ width: 390, height: 800 })
      await isInState(page, 'open')
      for (const n of range(1, 250)) feed.publish(`${n}${'x'.repeat(5 * n)}`)

      const newest = page.getByText(/^250x/)
      await newest.waitFor()

      expect(await page.evaluate('document.body.scrollWidth')).toBe(390)
      expect(await shownOn(page)).toHaveLength(200)
      const box = await newest.boundingBox()
      const list = await page.getByLabel('Messages').boundingBox()
      const bottom = (box?.y ?? 0) + (box?.height ?? 0)
      const end = (list?.y ?? 0) + (list?.height ?? 0)
      expect(bottom, 'end of the newest message').toBeLessThanOrEqual(end)
      expect(bottom, 'end of the newest message').toBeGreaterThan(end - 50)
    })
  })
}
