import assert from 'node:assert/strict'

import type { Requirement } from './requirement.ts'
import { dataOf, range, read, setUp } from './rig.ts'

export const publish: Requirement = {
  id: 'publish',
  text: 'The transport MUST carry a message from the client to every subscriber.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const readers = range(1, 3).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    const texts = ['hello', '', 'two\nlines ✓', 'x'.repeat(100_000)]
    for (const text of texts) await readers[0]?.subscription.publish(text)
    for (const reader of readers) {
      await reader.has(texts.length)
      assert.deepEqual(dataOf(reader.messages), texts)
      await reader.leave()
    }
  },
}
