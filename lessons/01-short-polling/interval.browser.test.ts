import { expect, vi } from 'vitest'

import { eventually, shownOn, test } from '../browser-test.ts'
import { startServer } from '../start.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 60_000 })

test('another interval holds at once, and loses nothing', async ({ open }) => {
  await using server = await startServer(lesson)
  server.feed.publish('first')
  const anHour = `/?after=${server.feed.start}&intervalMs=3600000`
  const page = await open(new URL(anHour, server.url))
  await eventually(() => shownOn(page), 'a message').toEqual(['first'])
  server.feed.publish('second')
  const interval = page.getByLabel('Ask every')
  expect(await interval.inputValue()).toBe('3600000')

  await interval.fill('50')
  await interval.press('Enter')

  const both = ['first', 'second']
  await eventually(() => shownOn(page), 'the next message').toEqual(both)
})
