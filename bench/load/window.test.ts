import { expect, test } from 'vitest'

import { decodeHistogram } from './histogram.ts'
import { type Latency, type Received, Window } from './window.ts'

/** One message, number 5, was due at 1,000 ns and published at 1,200 ns. */
const dueNs = 1_000
const publishedNs = 1_200

test('first, middle and last are the deliveries of their turn', () => {
  expect(recordedOf(5, [2_000, 3_000, 4_000, 5_000, 9_000])).toEqual({
    due: [1_000, 2_000, 3_000, 4_000, 8_000],
    published: [800, 1_800, 2_800, 3_800, 7_800],
    first: [1_000],
    median: [3_000],
    last: [8_000],
  })
})

test('of four, the second is the one in the middle', () => {
  const { median, last } = recordedOf(4, [2_000, 3_000, 4_000, 5_000])
  expect({ median, last }).toEqual({ median: [2_000], last: [4_000] })
})

test('until the last subscriber has it, there is no last delivery', () => {
  const { first, median, last } = recordedOf(3, [2_000, 3_000])
  expect({ first, median, last }).toEqual({
    first: [1_000],
    median: [2_000],
    last: [],
  })
})

test('of one subscriber, only its own latency is recorded', () => {
  expect(recordedOf(1, [2_000])).toEqual({
    due: [1_000],
    published: [800],
    first: [],
    median: [],
    last: [],
  })
})

test('every message is accounted for, over all subscribers', () => {
  const window = new Window(() => 0, 5, 4, 2)
  for (const number of [4, 5, 7, 6, 6, 9]) window.receive(0, number, 0, 0)
  for (const number of [5, 8]) window.receive(1, number, 0, 0)
  expect(countsOf(window.read())).toEqual({
    received: 3 + 2,
    lost: 1 + 2,
    duplicated: 1,
    reordered: 1,
  })
})

test('a silent subscriber is not waited for, and loses nothing', async () => {
  const window = new Window(() => 0, 5, 1, 3, new Set([1]))
  for (const subscriber of [0, 1, 2]) window.receive(subscriber, 5, 0, 0)
  await window.complete(1_000_000)
  const told = window.read()
  expect(countsOf(told)).toEqual(received(2))
  expect(valuesOf(told).last).toHaveLength(1)
})

test('a second copy neither counts nor completes', async () => {
  const window = new Window(() => 0, 5, 2, 1)
  window.receive(0, 5, 0, 0)
  window.receive(0, 5, 0, 0)
  expect(await endOf(window, 20)).toBe('deadline')
  expect(valuesOf(window.read()).due).toHaveLength(1)
})

test('it is complete as soon as all is here', async () => {
  const window = new Window(() => 0, 5, 1, 2)
  const end = endOf(window, 5_000)
  window.receive(0, 5, 0, 0)
  window.receive(1, 5, 0, 0)
  expect(await end).toBe('complete')
  expect(await endOf(window, 5_000)).toBe('complete')
})

test('what never comes is waited for until the deadline', async () => {
  const window = new Window(() => 0, 5, 1, 2)
  window.receive(0, 5, 0, 0)
  expect(await endOf(window, 20)).toBe('deadline')
  expect(countsOf(window.read())).toEqual({ ...received(1), lost: 1 })
})

test('the middle of a few values is less sure than that of many', () => {
  const [few, many] = [10, 1_000].map((count) => {
    let nowNs = 0
    const window = new Window(() => nowNs, 0, count, 1)
    for (let n = 0; n < count; n++) {
      nowNs = 1_000_000 * (1 + n / count)
      window.receive(0, n, 0, 0)
    }
    return window.middle()
  })
  expect(few?.count).toBe(10)
  expect(many?.medianNs).toBeCloseTo(1_500_000, -4)
  // The notch of a box plot: the quartiles are 500 us apart.
  expect(many?.notchNs).toBeCloseTo((1.57 * 500_000) / 1_000 ** 0.5, -3)
  expect(few?.notchNs).toBeGreaterThan(5 * (many?.notchNs ?? 0))
  expect(new Window(() => 0, 0, 1, 1).middle().count).toBe(0)
})

/** Each of the deliveries goes to the next of the subscribers. */
function recordedOf(subscribers: number, atNs: readonly number[]) {
  let nowNs = 0
  const window = new Window(() => nowNs, 5, 1, subscribers)
  for (const [subscriber, at] of atNs.entries()) {
    nowNs = at
    window.receive(subscriber, 5, dueNs, publishedNs)
  }
  return valuesOf(window.read())
}

/** Which values were recorded; below 2^14 ns they are exact to 8 ns. */
function valuesOf({ histograms }: Received): Record<Latency, number[]> {
  return Object.fromEntries(
    Object.entries(histograms).map(([name, text]) => {
      const histogram = decodeHistogram(text)
      const values = Array.from({ length: histogram.totalCount }, (_, n) => {
        const percentile = ((n + 0.5) / histogram.totalCount) * 100
        return Math.floor(histogram.getValueAtPercentile(percentile) / 8) * 8
      })
      histogram.destroy()
      return [name, values]
    }),
  ) as Record<Latency, number[]>
}

function countsOf({ received, lost, duplicated, reordered }: Received) {
  return { received, lost, duplicated, reordered }
}

function received(count: number) {
  return { received: count, lost: 0, duplicated: 0, reordered: 0 }
}

async function endOf(window: Window, deadlineMs: number) {
  const startedAt = performance.now()
  await window.complete(deadlineMs)
  const tookMs = performance.now() - startedAt
  return tookMs < deadlineMs - 2 ? 'complete' : 'deadline'
}
