import assert from 'node:assert/strict'

import type { Requirement } from './requirement.ts'
import { dataOf, read, setUp } from './rig.ts'

export const lateJoin: Requirement = {
  id: 'late-join',
  text: 'The transport MUST start at the present when no cursor is given, and lose nothing from then on.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    rig.feed.publish('before anybody came')
    const reader = read(rig, signal)
    await reader.isOpen()
    // The connection breaks before the first message. Only a subscriber that
    // was told where it had started can ask for what comes now.
    rig.link.cut()
    rig.feed.publish('while it was away')
    rig.feed.publish('and once more')

    await reader.has(2)
    assert.deepEqual(dataOf(reader.messages), [
      'while it was away',
      'and once more',
    ])
    assert.deepEqual(reader.gaps, [])
    await reader.leave()
  },
}
