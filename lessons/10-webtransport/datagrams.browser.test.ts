// What the page does beyond the tests that all pages have: datagrams, and a
// certificate that nobody has to trust.

import { beforeEach, describe, expect, vi } from 'vitest'

import { eventually, isInState, shownOn, test } from '../browser-test.ts'
import { Feed } from '../feed.ts'
import { Link } from '../requirements/link.ts'
import { startServer } from '../start.ts'
import { skipIfMissing } from '../testing.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 90_000 })
beforeEach(({ skip }) => skipIfMissing(lesson, skip))

const options = { retryMs: 10, heartbeatMs: 2_000 }

describe('the page', () => {
  test('receives datagrams, and tells which are lost', async ({ open }) => {
    const feed = new Feed({ name: 'test' })
    await using server = await startServer(lesson, { feed, ...options })
    await using link = await Link.to(server.url)
    const page = await open(new URL('/?datagrams=1', link.url))
    await isInState(page, 'open')
    const toggle = page.getByLabel('By datagrams')
    expect(await toggle.isChecked()).toBe(true)
    feed.publish('one')
    await eventually(() => shownOn(page), 'a message').toEqual(['one'])

    // Large enough to know the packet by its size.
    let lost = 0
    link.loses = ({ length }, to) =>
      to === 'client' && length > 1_000 && ++lost > 0
    feed.publish('x'.repeat(1_000))
    await eventually(() => lost, 'a packet to be lost').toBe(1)
    feed.publish('three')
    await eventually(() => shownOn(page), 'the next one').toEqual([
      'one',
      'three',
    ])
    expect(await page.locator('[data-gap]').allTextContents()).toEqual([
      '1 messages after test-1 are lost; the feed goes on after test-2.',
    ])
  })

  test('goes over to streams when the switch is off, and on after the last message', async ({
    open,
  }) => {
    const feed = new Feed({ name: 'test' })
    await using server = await startServer(lesson, { feed, ...options })
    const page = await open(new URL('/?datagrams=1', server.url))
    await isInState(page, 'open')
    feed.publish('short')
    await eventually(() => shownOn(page), 'a message').toEqual(['short'])
    await page.getByLabel('By datagrams').uncheck()
    const long = 'x'.repeat(5_000)
    feed.publish(long)
    await eventually(() => shownOn(page), 'it').toEqual(['short', long])
  })

  test('is told by the server why there is no session', async ({ open }) => {
    await using server = await startServer(lesson, options)
    const page = await open(new URL('/?after=yesterday', server.url))
    const status = page.getByRole('status')
    await eventually(() => status.textContent(), 'the reason').toMatch(
      /answered 400: .*cursor.*yesterday/,
    )
  })
})
