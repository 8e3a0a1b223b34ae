import { expect, onTestFinished, test } from 'vitest'
import { EventLoopDelay } from './event-loop-delay.ts'
import { type FeedName, feedSource } from './feeds.ts'

async function nextMessage(name: FeedName): Promise<string | undefined> {
  const end = new AbortController()
  onTestFinished(() => end.abort())
  const feed = await feedSource(name).open(end.signal, () => {})
  const cursor = feed.present
  await feed.published(10_000, end.signal)
  return feed.read(cursor)[0]?.data
}

test('the clock says what time it is', async () => {
  const startMs = Date.now()
  const time = (await nextMessage('clock')) ?? ''
  expect(new Date(time).toISOString()).toBe(time)
  expect(Date.parse(time)).toBeGreaterThanOrEqual(startMs)
  expect(Date.parse(time)).toBeLessThanOrEqual(Date.now())
})

test('the system tells its load as JSON', async () => {
  const load = JSON.parse((await nextMessage('system')) ?? '')
  expect(Object.keys(load)).toEqual([
    'cpuPercent',
    'memoryPercent',
    'loopDelayMs',
  ])
  for (const value of [load.cpuPercent, load.memoryPercent]) {
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(100)
  }
  expect(load.loopDelayMs).toBeGreaterThanOrEqual(0)
})

test('a loop that is blocked just after a reading shows in the next', async () => {
  const end = new AbortController()
  onTestFinished(() => end.abort())
  const delay = new EventLoopDelay(end.signal)
  let worstMs = 0
  // The first readings come before the monitors have begun.
  while (worstMs < 100) {
    const untilMs = performance.now() + 150
    while (performance.now() < untilMs);
    await new Promise((resolve) => setTimeout(resolve, 60))
    worstMs = delay.worstMs()
  }
})
