// A subscription whose connections are written down beforehand: for its tests.

import { getEventListeners } from 'node:events'

import { afterEach, beforeEach, expect, vi } from 'vitest'

import type { Message } from '../feed.ts'
import type { ConnectionState, Gap, SubscribeOptions } from '../lesson.ts'
import { type Arrival, resuming } from './resuming.ts'

/** Delays take no time, and the random number in them is 1. */
export function skipDelays(): void {
  beforeEach(() => {
    vi.useFakeTimers()
    // The clock goes to the next timer as soon as nothing else is to do.
    vi.setTimerTickMode('nextTimerAsync')
    vi.spyOn(Math, 'random').mockReturnValue(1)
  })
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
}

export const message = (id: string): Message => ({ id, data: `data of ${id}` })

export const noPublish = async () => {}

/**
 * Reads a subscription whose connections bring these arrivals and errors, one
 * list a connection. The one after the last of them aborts it.
 */
export async function run(
  connections: (Arrival | Error)[][],
  options: SubscribeOptions = {},
) {
  const controller = new AbortController()
  const { signal } = controller
  const asked: (string | undefined)[] = []
  const ids: string[] = []
  const gaps: Gap[] = []
  const states: ConnectionState[] = []
  let error: unknown

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    asked.push(after)
    const steps = connections.shift()
    if (steps === undefined) controller.abort()
    for (const step of steps ?? []) {
      if (step instanceof Error) throw step
      yield step
    }
  }
  const subscription = resuming(connect, noPublish, {
    onGap: (gap) => gaps.push(gap),
    onState: (state) => states.push(state),
    ...options,
    signal,
  })
  try {
    for await (const { id } of subscription) ids.push(id)
  } catch (thrown) {
    error = thrown
  }
  expect(getEventListeners(signal, 'abort')).toEqual([])
  const delaysMs = states.flatMap((state) =>
    state.is === 'waiting' ? state.delayMs : [],
  )
  return { asked, ids, gaps, states, delaysMs, error }
}
