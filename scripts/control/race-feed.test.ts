import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { paceLeaseMs, type RaceMessage } from './manifest.ts'
import { RaceFeed } from './race-feed.ts'

const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']
beforeEach(() => void vi.useFakeTimers({ toFake: timers as 'setTimeout'[] }))
afterEach(() => void vi.useRealTimers())

function open() {
  const end = new AbortController()
  onTestFinished(() => end.abort())
  const race = new RaceFeed(end.signal)
  const texts = () => {
    const messages = race.feed.read(race.feed.start, 1e9)
    return messages.map(({ data }) => data)
  }
  const messages = (): RaceMessage[] => texts().map((text) => JSON.parse(text))
  return { race, end, texts, messages }
}

test('nothing is published before somebody sets a pace', () => {
  const { race, texts } = open()
  vi.advanceTimersByTime(60_000)
  expect(texts()).toEqual([])
  expect(race.pace.ratePerS).toBe(0)
})

test('a pace publishes so many a second, numbered from 1', () => {
  const { race, messages } = open()
  race.setPace({ ratePerS: 4, bytes: 64 })
  vi.advanceTimersByTime(2_000)
  expect(messages().map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('a message says when it was published', () => {
  const { race, messages } = open()
  const beforeMs = performance.timeOrigin + performance.now()
  race.setPace({ ratePerS: 1, bytes: 64 })
  vi.advanceTimersByTime(1_000)
  const afterMs = performance.timeOrigin + performance.now()
  const [{ sentAtMs } = { sentAtMs: 0 }] = messages()
  // It is rounded to microseconds.
  expect(sentAtMs).toBeGreaterThanOrEqual(beforeMs - 0.001)
  expect(sentAtMs).toBeLessThanOrEqual(afterMs + 0.001)
})

test.each([64, 1_000, 100_000])('a message is %i bytes long', (bytes) => {
  const { race, texts } = open()
  race.setPace({ ratePerS: 50, bytes })
  vi.advanceTimersByTime(400)
  expect(texts().map((text) => Buffer.byteLength(text))).toEqual(
    Array.from({ length: 20 }, () => bytes),
  )
})

test('a message that has no room for padding has none', () => {
  const { race, messages } = open()
  race.setPace({ ratePerS: 1, bytes: 40 })
  vi.advanceTimersByTime(1_000)
  expect(messages()).toEqual([{ n: 1, sentAtMs: expect.any(Number) }])
})

test('a pace lapses when nobody renews it, and not before', () => {
  const { race, messages } = open()
  race.setPace({ ratePerS: 1, bytes: 64 })
  vi.advanceTimersByTime(paceLeaseMs - 1)
  race.setPace({ ratePerS: 1, bytes: 64 })
  vi.advanceTimersByTime(paceLeaseMs - 1)
  expect(race.pace).toEqual({ ratePerS: 1, bytes: 64 })
  const before = messages().length
  vi.advanceTimersByTime(60_000)
  expect(race.pace).toEqual({ ratePerS: 0, bytes: 64 })
  expect(messages().length - before).toBeLessThanOrEqual(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('who only renews a slow pace does not put off its next message', () => {
  const { race, messages } = open()
  for (let renewals = 0; renewals < 8; renewals++) {
    race.setPace({ ratePerS: 0.1, bytes: 64 })
    vi.advanceTimersByTime(5_000)
  }
  expect(messages()).toHaveLength(4)
})

test('another pace, or other bytes, count from the next message on', () => {
  const { race, texts } = open()
  race.setPace({ ratePerS: 1, bytes: 64 })
  vi.advanceTimersByTime(1_000)
  race.setPace({ ratePerS: 1, bytes: 80 })
  vi.advanceTimersByTime(1_000)
  race.setPace({ ratePerS: 2, bytes: 96 })
  vi.advanceTimersByTime(1_000)
  expect(texts().map(({ length }) => length)).toEqual([64, 80, 96, 96])
})

test('a rate near to nothing is slow, not fast', () => {
  const { race, texts } = open()
  race.setPace({ ratePerS: Number.MIN_VALUE, bytes: 64 })
  vi.advanceTimersByTime(paceLeaseMs)
  expect(texts()).toEqual([])
})

test('a rate of 0 stops, and leaves no timer behind in the end', () => {
  const { race, texts } = open()
  race.setPace({ ratePerS: 50, bytes: 64 })
  race.setPace({ ratePerS: 0, bytes: 64 })
  vi.advanceTimersByTime(paceLeaseMs)
  expect(texts()).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('a published text takes its place among the others', async () => {
  const { race, messages } = open()
  race.setPace({ ratePerS: 1, bytes: 64 })
  vi.advanceTimersByTime(1_000)
  const { id } = await race.publish('hello')
  vi.advanceTimersByTime(1_000)
  expect(id).toBe(`${race.feed.name}-2`)
  expect(messages().map(({ n, text }) => [n, text])).toEqual([
    [1, undefined],
    [2, 'hello'],
    [3, undefined],
  ])
})

test('the end leaves no timer behind, and takes no other pace', () => {
  const { race, end, texts } = open()
  race.setPace({ ratePerS: 50, bytes: 64 })
  end.abort()
  race.setPace({ ratePerS: 50, bytes: 64 })
  expect(vi.getTimerCount()).toBe(0)
  expect(texts()).toEqual([])
})
