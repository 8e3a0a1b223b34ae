import assert from 'node:assert/strict'

import { Feed } from '../feed.ts'
import { GapError } from '../lesson.ts'
import { startServer } from '../start.ts'
import type { Requirement } from './requirement.ts'
import { dataOf, failureOf, range, read, setUp } from './rig.ts'

export const gap: Requirement = {
  id: 'gap',
  text: 'The transport MUST tell the subscriber when messages were lost for good: the history outlived, the server restarted with a new feed.',
  async check(lesson, signal) {
    const feed = new Feed({ maxMessages: 5 })
    await using rig = await setUp(lesson, signal, { feed })
    const { id } = feed.publish('read')
    const reader = read(rig, signal, { after: feed.start })
    await reader.leave()

    // While nobody is connected, the history forgets what nobody has read.
    for (const n of range(1, 20)) feed.publish(`message ${n}`)
    const late = read(rig, signal, { after: id })
    await late.has(5)
    assert.deepEqual(
      dataOf(late.messages),
      range(16, 20).map((n) => `message ${n}`),
    )
    assert.deepEqual(late.gaps, [
      { after: id, resumedAt: feed.start, lost: 15 },
    ])

    // The server restarts, and its new feed begins at 1 again.
    const restarted = new Feed()
    restarted.publish('new')
    await using other = await startServer(lesson, {
      feed: restarted,
      retryMs: 2,
    })
    rig.link.leadTo(other.url)
    rig.link.cut()
    await late.has(6)
    assert.equal(late.messages.at(-1)?.data, 'new')
    assert.deepEqual(late.gaps.slice(1), [
      { after: feed.present, resumedAt: restarted.start, lost: undefined },
    ])
    await late.leave()

    // A subscriber that does not listen for gaps is not moved on in silence.
    const deaf = rig.subscribe({ after: id })
    assert.ok((await failureOf(deaf)) instanceof GapError, 'no GapError')
  },
}
