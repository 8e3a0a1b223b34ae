import assert from 'node:assert/strict'

import type { LessonServer } from '../lesson.ts'
import { startServer } from '../start.ts'
import type { Requirement } from './requirement.ts'
import { dataOf, range, read, setUp } from './rig.ts'

export const shutdown: Requirement = {
  id: 'shutdown',
  text: 'On close, the transport MUST end subscriptions so that clients reconnect elsewhere and lose nothing.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const readers = range(1, 5).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    const texts = range(1, 60).map((n) => `message ${n}`)
    const publish = (from: number, to: number) => {
      for (const text of texts.slice(from, to)) rig.feed.publish(text)
    }

    publish(0, 20)
    await readers[0]?.has(10)
    // Another server carries the same feed: the way leads there from now on.
    await using next = await startServer(lesson, { feed: rig.feed, retryMs: 2 })
    rig.link.leadTo(next.url)
    publish(20, 30)
    const closed = closeServer(rig.server)
    publish(30, 40)
    await closed
    publish(40, 60)

    for (const reader of readers) {
      await reader.has(texts.length)
      assert.deepEqual(dataOf(reader.messages), texts)
      assert.deepEqual(reader.gaps, [])
      await reader.leave()
    }
  },
}

function closeServer(server: LessonServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
