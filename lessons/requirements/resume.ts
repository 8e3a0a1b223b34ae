import assert from 'node:assert/strict'

import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'

/** Its multiples, less their whole part, spread evenly and never repeat. */
const golden = 0.618_034

export const resume: Requirement = {
  id: 'resume',
  text: 'After its connection breaks at any byte, the subscriber MUST go on with the first message not yet received: none lost, none twice.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const texts = range(1, 120).map((n) => `message ${n} ${'✓'.repeat(n % 30)}`)
    // Ends at odd places: in the headers, between messages, inside of one,
    // inside of a character. Ever later, as the answer to a poll is all or none.
    rig.link.bytesUntilCut = (n) => Math.floor(600 * n * ((n * golden) % 1))
    for (const text of texts.slice(0, 20)) rig.feed.publish(text)
    const reader = read(rig, signal, { after: rig.feed.start })
    const when = 'after a connection that was cut'
    // What comes from now on shows at once whether the others were passed over.
    await reader.isOpen()
    for (const [count, text] of texts.slice(20).entries()) {
      await reader.receives(texts, { count, when })
      rig.feed.publish(text)
    }

    await reader.receives(texts, { when })
    assert.deepEqual(
      reader.gaps,
      [],
      'it was told of a gap where there is none',
    )
    assert.ok(rig.link.connections > 2, 'no connection was cut')
    await reader.leave()
  },
}
