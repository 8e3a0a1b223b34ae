import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import type { LessonServer } from '../lesson.ts'
import type { Requirement } from './requirement.ts'
import { range, read, setUp, until } from './rig.ts'

export const release: Requirement = {
  id: 'release',
  text: 'The transport MUST let go of everything (timer, listener, memory) of a subscriber that left.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const timersBefore = timers()
    const listenersBefore = getEventListeners(signal, 'abort').length

    const readers = range(1, 5).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    rig.feed.publish('hello')
    for (const reader of readers) await reader.has(1)
    // Some say goodbye, the others are lost.
    for (const reader of readers.slice(0, 3)) await reader.leave()
    rig.link.cut()
    for (const reader of readers.slice(3)) await reader.leave()

    await until(
      () => rig.feed.followerCount === 0,
      signal,
      `the feed's followers to leave`,
    )
    await until(
      async () => (await connections(rig.server)) === 0,
      signal,
      'the server to close its connections',
    )
    await until(
      () => timers() <= timersBefore,
      signal,
      `the timers to end, of which there were ${timersBefore}`,
    )
    assert.equal(getEventListeners(signal, 'abort').length, listenersBefore)
  },
}

function timers(): number {
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
