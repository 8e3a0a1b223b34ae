import assert from 'node:assert/strict'
import { inspect } from 'node:util'

import { type Gap, GapError } from '../lesson.ts'
import { startServer } from '../start.ts'
import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { openFeed, range, setUp } from './rig.ts'
import { until } from './until.ts'

export const gap: Requirement = {
  id: 'gap',
  text: 'The transport MUST tell the subscriber when messages were lost for good: the history outlived, the server restarted with a new feed.',
  async check(lesson, signal) {
    const feed = await openFeed(lesson, { maxMessages: 5 })
    await using rig = await setUp(lesson, signal, { feed })
    const { id } = await feed.publish('read')
    const reader = read(rig, signal, { after: feed.start })
    await reader.leave()

    // While nobody is connected, the history forgets what nobody has read.
    for (const n of range(1, 20)) await feed.publish(`message ${n}`)
    const late = read(rig, signal, { after: id })
    /** The gaps come before the messages that follow them, and never twice. */
    const isTold = async (expected: Gap[], what: string) => {
      const before = late.messages.length
      await until(
        () =>
          late.gaps.length >= expected.length || late.messages.length > before,
        signal,
        `the subscriber to be told of ${what}`,
      )
      assert.deepEqual(
        late.gaps,
        expected,
        `the subscriber must be told of ${what} by ${inspect(expected.at(-1))}, got ${inspect(late.gaps.at(expected.length - 1))}`,
      )
    }
    const texts = range(16, 20).map((n) => `message ${n}`)
    const outlived = { after: id, resumedAt: feed.start, lost: 15 }
    await isTold([outlived], 'the history that it outlived')
    await late.receives(texts)

    // The server restarts, and its new feed begins at 1 again.
    const restarted = await openFeed(lesson)
    await restarted.publish('new')
    await using other = await startServer(lesson, {
      feed: restarted,
      retryMs: 2,
    })
    rig.link.leadTo(other.url)
    rig.link.cut()
    const after = feed.present
    const gone = { after, resumedAt: restarted.start, lost: undefined }
    await isTold([outlived, gone], 'the server that restarted')
    await late.receives([...texts, 'new'], { when: 'of the new feed' })
    assert.equal(late.gaps.length, 2, 'a gap must be told once')
    await late.leave()

    // A subscriber that does not listen for gaps is not moved on in silence.
    const deaf = read(rig, signal, { after: id, onGap: undefined })
    const error = await deaf.error()
    assert.ok(
      error instanceof GapError,
      `a subscriber without onGap must end with a GapError, got ${error ?? 'no error'}`,
    )
  },
}
