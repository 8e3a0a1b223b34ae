import assert from 'node:assert/strict'

import { read, short } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'

export const publish: Requirement = {
  id: 'publish',
  text: 'The transport MUST carry a message from the client to every subscriber.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const readers = range(1, 3).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    const texts = ['hello', '', 'two\nlines ✓', 'x'.repeat(100_000)]
    for (const text of texts) {
      const error = await readers[0]?.publish(text)
      assert.ok(!error, `a client must publish ${short(text)}, got ${error}`)
    }
    for (const reader of readers) {
      await reader.receives(texts, { when: 'that a client published' })
      await reader.leave()
    }
  },
}
