import assert from 'node:assert/strict'

import { startServer } from '../start.ts'
import { read } from './reader.ts'
import { connections } from './release.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'
import { until } from './until.ts'

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
    await readers[0]?.receives(texts, { count: 10 })
    // Another server carries the same feed: the way leads there from now on.
    await using next = await startServer(lesson, { feed: rig.feed, retryMs: 2 })
    rig.link.leadTo(next.url)
    publish(20, 30)
    let closed = false
    rig.server.close(() => {
      closed = true
    })
    publish(30, 40)
    await until(
      async () => closed && (await connections(rig.server)) === 0,
      signal,
      'the server to close: it must end every subscription',
    )
    publish(40, 60)

    for (const reader of readers) {
      await reader.receives(texts, { when: 'after the server closed' })
      assert.deepEqual(
        reader.gaps,
        [],
        'it was told of a gap where there is none',
      )
      await reader.leave()
    }
  },
}
