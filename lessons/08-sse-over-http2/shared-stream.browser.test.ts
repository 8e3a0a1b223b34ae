// Several tabs of one browser that share one stream.

import type { Page } from 'playwright-core'
import { describe, expect, vi } from 'vitest'

import {
  eventually,
  isInState,
  shownOn,
  test as withBrowser,
} from '../browser-test.ts'
import { Feed } from '../feed.ts'
import { describeGap } from '../lesson.ts'
import { Link } from '../requirements/link.ts'
import { range } from '../requirements/rig.ts'
import { startServer } from '../start.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 90_000 })

const test = withBrowser
  .extend(
    'start',
    ({ certificate, onTestFinished }) =>
      async (feed = new Feed({ name: 'test' })) => {
        const options = { certificate, feed, retryMs: 10 }
        const started = await startServer(lesson, options)
        onTestFinished(started.close)
        return started
      },
  )
  .extend('linkTo', ({ onTestFinished }) => async (url: URL) => {
    const link = await Link.to(url)
    onTestFinished(() => link.close())
    return link
  })

function tabOf(url: URL, by: string, after?: string): URL {
  const query = after === undefined ? '' : `&after=${after}`
  return new URL(`/?share=${by}&retryMs=10${query}`, url)
}

function gapsOn(page: Page): Promise<string[]> {
  return page.locator('[data-gap]').allTextContents()
}

async function show(tabs: readonly Page[], texts: readonly string[]) {
  for (const tab of tabs)
    await eventually(() => shownOn(tab), 'the messages').toEqual(texts)
}

for (const by of ['worker', 'leader'])
  describe(`tabs that share by ${by}`, () => {
    test('receive all that is published, on one stream', async ({
      start,
      open,
    }) => {
      const { url, feed } = await start()
      const tabs: Page[] = []
      for (const _ of range(1, 4)) tabs.push(await open(tabOf(url, by)))
      for (const tab of tabs) await isInState(tab, 'open')

      const texts = ['one', '', 'two\nlines', ...range(1, 50).map(String)]
      for (const text of texts) feed.publish(text)

      await show(tabs, texts)
      expect(feed.followerCount).toBe(1)
    })

    test('publish as any tab does', async ({ start, open }) => {
      const { url } = await start()
      const one = await open(tabOf(url, by))
      const other = await open(tabOf(url, by))
      for (const tab of [one, other]) await isInState(tab, 'open')
      const box = other.getByLabel('Publish a message')
      await box.fill('hello')
      await box.press('Enter')
      await show([one, other], ['hello'])
    })

    test('start at the present, or where their cursor is', async ({
      start,
      open,
    }) => {
      const { url, feed } = await start()
      feed.publish('before all')
      const first = await open(tabOf(url, by))
      await isInState(first, 'open')
      feed.publish('1')
      feed.publish('2')
      await show([first], ['1', '2'])

      const present = await open(tabOf(url, by))
      const past = await open(tabOf(url, by, 'test-2'))
      for (const tab of [present, past]) await isInState(tab, 'open')
      await show([past], ['2'])
      feed.publish('3')
      await show([first], ['1', '2', '3'])
      await show([past], ['2', '3'])
      await show([present], ['3'])
      expect(feed.followerCount).toBe(1)
      for (const tab of [first, present, past])
        expect(await gapsOn(tab)).toEqual([])
    })

    test('receive every message once, however often the connection is cut', async ({
      start,
      linkTo,
      open,
    }) => {
      const { url, feed } = await start()
      const link = await linkTo(url)
      const tabs: Page[] = []
      for (const _ of range(1, 3)) tabs.push(await open(tabOf(link.url, by)))
      for (const tab of tabs) await isInState(tab, 'open')
      const texts: string[] = []
      for (const wave of range(1, 4)) {
        link.cut()
        for (const n of range(1, 20)) {
          texts.push(`${wave}.${n}`)
          feed.publish(`${wave}.${n}`)
        }
        await show(tabs, texts)
      }
      for (const tab of tabs) expect(await gapsOn(tab)).toEqual([])
    })

    test('are all told of a gap when the server restarts with another feed, and go on', async ({
      start,
      linkTo,
      open,
    }) => {
      const old = await start(new Feed({ name: 'before' }))
      const link = await linkTo(old.url)
      const tabs: Page[] = []
      for (const _ of range(1, 3)) tabs.push(await open(tabOf(link.url, by)))
      for (const tab of tabs) await isInState(tab, 'open')
      old.feed.publish('old')
      await show(tabs, ['old'])

      await old.close()
      const restarted = await start(new Feed({ name: 'afterwards' }))
      restarted.feed.publish('new')
      link.leadTo(restarted.url)

      await show(tabs, ['old', 'new'])
      const gap = { after: 'before-1', resumedAt: 'afterwards-0' }
      for (const tab of tabs)
        expect(await gapsOn(tab)).toEqual([
          describeGap({ ...gap, lost: undefined }),
        ])
    })

    test('are all told how many messages the history has outlived', async ({
      start,
      linkTo,
      open,
    }) => {
      const feed = new Feed({ name: 'test', maxMessages: 3 })
      const server = await start(feed)
      const link = await linkTo(server.url)
      const tabs: Page[] = []
      for (const _ of range(1, 3)) tabs.push(await open(tabOf(link.url, by)))
      for (const tab of tabs) await isInState(tab, 'open')
      feed.publish('1')
      await show(tabs, ['1'])

      link.bytesUntilCut = () => 0
      link.cut()
      for (const n of range(2, 11)) feed.publish(`${n}`)
      link.bytesUntilCut = () => Number.POSITIVE_INFINITY

      await show(tabs, ['1', '9', '10', '11'])
      for (const tab of tabs)
        expect(await gapsOn(tab)).toEqual([
          describeGap({ after: 'test-1', resumedAt: 'test-8', lost: 7 }),
        ])
    })

    test('let go of the stream when they all leave, and take it up again', async ({
      start,
      open,
    }) => {
      const { url, feed } = await start()
      const tabs = [await open(tabOf(url, by)), await open(tabOf(url, by))]
      for (const tab of tabs) await isInState(tab, 'open')
      feed.publish('1')
      await show(tabs, ['1'])

      for (const tab of tabs)
        await tab.getByRole('button', { name: 'Disconnect' }).click()
      await eventually(() => feed.followerCount, 'no stream').toBe(0)
      feed.publish('2')
      for (const tab of tabs)
        await tab.getByRole('button', { name: 'Reconnect' }).click()
      await show(tabs, ['1', '2'])
      for (const tab of tabs) await tab.close()
      await eventually(() => feed.followerCount, 'no stream').toBe(0)
    })
  })

describe('the tab that leads', () => {
  const leads = (tab: Page) =>
    tab
      .locator('#role')
      .textContent()
      .then((text) => text?.startsWith('This tab leads') ?? false)

  /** The one tab that leads. */
  async function leaderOf(tabs: readonly Page[]): Promise<Page> {
    const leading = async () => {
      const leaders: Page[] = []
      for (const tab of tabs) if (await leads(tab)) leaders.push(tab)
      return leaders
    }
    await eventually(async () => (await leading()).length, 'a leader').toBe(1)
    return (await leading())[0] as Page
  }

  test('is followed by another when it is closed: nothing is lost, nothing comes twice', async ({
    start,
    open,
  }) => {
    const { url, feed } = await start()
    let tabs: Page[] = []
    for (const _ of range(1, 5)) tabs.push(await open(tabOf(url, 'leader')))
    for (const tab of tabs) await isInState(tab, 'open')
    const texts: string[] = []
    const publish = () => {
      const text = `message ${texts.length + 1}`
      texts.push(text)
      feed.publish(text)
    }
    // All the time, while leaders come and go.
    const publishing = setInterval(publish, 3)
    try {
      for (const _ of range(1, 4)) {
        const leader = await leaderOf(tabs)
        tabs = tabs.filter((tab) => tab !== leader)
        await leader.close()
        const count = texts.length
        for (const tab of tabs)
          await eventually(
            async () => (await tab.locator('[data-id]').count()) > 0,
            'messages',
          ).toBe(true)
        await eventually(() => texts.length, 'more').toBeGreaterThan(count + 10)
      }
    } finally {
      clearInterval(publishing)
    }
    publish()
    // A page keeps the last 200 messages.
    await eventually(
      async () => (await shownOn(tabs[0] as Page)).at(-1),
      'the last message',
    ).toBe(texts.at(-1))
    expect(tabs).toHaveLength(1)
    const shown = await shownOn(tabs[0] as Page)
    expect(shown).toEqual(texts.slice(-shown.length))
    expect(await gapsOn(tabs[0] as Page)).toEqual([])
    expect(feed.followerCount).toBe(1)
  })

  test('is followed by another when it crashes', async ({ start, open }) => {
    const { url, feed } = await start()
    const tabs: Page[] = []
    for (const _ of range(1, 3)) tabs.push(await open(tabOf(url, 'leader')))
    for (const tab of tabs) await isInState(tab, 'open')
    feed.publish('before')
    await show(tabs, ['before'])
    const leader = await leaderOf(tabs)
    const others = tabs.filter((tab) => tab !== leader)
    await leader.goto('chrome://crash').catch(() => {}) // It has no answer.
    feed.publish('after')
    await show(others, ['before', 'after'])
    await leaderOf(others)
  })
})
