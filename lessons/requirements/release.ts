import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'

import type { LessonServer, Subscription } from '../lesson.ts'
import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'
import { until } from './until.ts'

export const release: Requirement = {
  id: 'release',
  text: 'The transport MUST let go of everything (timer, listener, memory) of a subscriber that left.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const { feed, server } = rig
    const after = feed.start
    const timersBefore = timers()
    const listeners = () => getEventListeners(signal, 'abort').length
    const listenersBefore = listeners()

    const readers = range(1, 5).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    feed.publish('hello')
    for (const reader of readers) await reader.receives(['hello'])
    // Some say goodbye, others are lost, and the last ones break out of their
    // loop while their signal lives on.
    for (const reader of readers.slice(0, 3)) await reader.leave()
    rig.link.cut()
    for (const reader of readers.slice(3)) await reader.leave()
    for (const _ of range(1, 3)) await breakOut(rig.subscribe({ after }))

    const none = async (
      count: () => number | Promise<number>,
      what: string,
    ) => {
      let left = 0
      const isZero = async () => {
        left = await count()
        return left <= 0
      }
      await until(isZero, signal, () => `${what} to go: ${left} are left`)
    }
    await none(() => feed.followerCount, `followers of the feed`)
    await none(() => connections(server), 'connections of the server')
    await none(() => timers() - timersBefore, 'timers of those who left')
    await none(
      () => listeners() - listenersBefore,
      `listeners to the signal of those who left`,
    )
  },
}

async function breakOut(subscription: Subscription): Promise<void> {
  let error: unknown
  try {
    for await (const _ of subscription) return
  } catch (thrown) {
    error = thrown
  }
  assert.fail(
    `A subscription must go on with what came after its cursor; this one ended with ${error ?? 'no error'}.`,
  )
}

/** How many timers this process has. */
export function timers(): number {
  const resources = process.getActiveResourcesInfo()
  return resources.filter((name) => name === 'Timeout').length
}

/** How many connections a server has. */
export function connections(server: LessonServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => {
      if (error) reject(error)
      else resolve(count)
    })
  })
}
