import assert from 'node:assert/strict'
import { Link } from './link.ts'
import type { Requirement } from './requirement.ts'
import { dataOf, range, read, setUp } from './rig.ts'

export const fanOut: Requirement = {
  id: 'fan-out',
  text: 'The transport MUST reach every subscriber while one of them does not read.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    await using ownLink = await Link.to(rig.url)
    const stalled = read(rig, signal, {}, ownLink)
    await stalled.isOpen()
    ownLink.freeze()

    const readers = range(1, 20).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    const texts = range(1, 100).map((n) => `${n} `.repeat(5_000))
    for (const text of texts) rig.feed.publish(text)
    for (const reader of readers) {
      await reader.has(texts.length)
      assert.deepEqual(dataOf(reader.messages), texts)
      await reader.leave()
    }
    await stalled.leave()
  },
}
