import { EventEmitter } from 'node:events'

import { expect, test, vi } from 'vitest'

import { Subscribers } from './subscribers.ts'

test('a subscriber has a signal that aborts when it leaves, and only its own', () => {
  const subscribers = new Subscribers()
  const [one, two] = [new EventEmitter(), new EventEmitter()]
  const [first, second] = [subscribers.add(one), subscribers.add(two)]
  expect([first.aborted, second.aborted]).toEqual([false, false])
  one.emit('close')
  expect([first.aborted, second.aborted]).toEqual([true, false])
  expect(one.eventNames()).toEqual([])
})

test('a server may take its time, and ends one after the other', () => {
  vi.useFakeTimers()
  try {
    const subscribers = new Subscribers()
    const signals = [1, 2, 3, 4].map(() => subscribers.add(new EventEmitter()))
    const ended = () => signals.filter(({ aborted }) => aborted).length
    subscribers.endAll(1_000)
    const seen = [0, 249, 1, 250, 250].map((ms) => {
      vi.advanceTimersByTime(ms)
      return ended()
    })
    expect(seen).toEqual([1, 1, 2, 3, 4])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('a server that takes its time keeps no process waiting for who has left', () => {
  const subscribers = new Subscribers()
  for (const _ of [1, 2, 3]) subscribers.add(new EventEmitter())
  const timers = () =>
    process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length
  const before = timers()
  subscribers.endAll(1_000)
  expect(timers()).toBe(before)
})

test('a server that closes ends all, also who comes later', () => {
  const subscribers = new Subscribers()
  const signals = [1, 2].map(() => subscribers.add(new EventEmitter()))
  expect(subscribers.closing).toBe(false)
  subscribers.endAll()
  expect(subscribers.closing).toBe(true)
  signals.push(subscribers.add(new EventEmitter()))
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
})
