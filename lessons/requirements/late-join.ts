import assert from 'node:assert/strict'

import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { setUp } from './rig.ts'
import { until } from './until.ts'

export const lateJoin: Requirement = {
  id: 'late-join',
  text: 'The transport MUST start at the present when no cursor is given, and lose nothing from then on.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    await rig.feed.publish('before anybody came')
    const reader = read(rig, signal)
    await reader.isOpen()
    // The connection breaks before the first message. Only a subscriber that
    // was told where it had started can ask for what comes now.
    rig.link.cut()
    rig.feed.publish('while it was away')
    rig.feed.publish('and once more')
    // One that was not told would get this one next.
    await until(
      () => reader.opened > 1 || reader.messages.length > 0,
      signal,
      'the subscriber to come back after its connection broke',
    )
    rig.feed.publish('when it was back')

    await reader.receives([
      'while it was away',
      'and once more',
      'when it was back',
    ])
    assert.deepEqual(
      reader.gaps,
      [],
      'it was told of a gap where there is none',
    )
    await reader.leave()
  },
}
