import assert from 'node:assert/strict'

import type { Requirement } from './requirement.ts'
import { dataOf, range, read, setUp } from './rig.ts'

export const order: Requirement = {
  id: 'order',
  text: 'The transport MUST deliver every message once, in the order of publication.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const texts = range(1, 100).map((n) => `message ${n}`)
    // Some are there before the subscriber, some come while it reads.
    for (const text of texts.slice(0, 40)) rig.feed.publish(text)
    const reader = read(rig, signal, { after: rig.feed.start })
    await reader.has(20)
    for (const text of texts.slice(40)) rig.feed.publish(text)
    rig.feed.publish('the last one')

    await reader.has(101)
    assert.deepEqual(dataOf(reader.messages), [...texts, 'the last one'])
    await reader.leave()
  },
}
