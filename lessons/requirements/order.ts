import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'

export const order: Requirement = {
  id: 'order',
  text: 'The transport MUST deliver every message once, in the order of publication.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const texts = range(1, 100).map((n) => `message ${n}`)
    // Some are there before the subscriber, some come while it reads. One more
    // at the end shows a message that comes twice, also if it is the last.
    for (const text of texts.slice(0, 40)) rig.feed.publish(text)
    const reader = read(rig, signal, { after: rig.feed.start })
    await reader.receives(texts, { count: 20 })
    for (const text of texts.slice(40)) rig.feed.publish(text)
    rig.feed.publish('the last one')

    await reader.receives([...texts, 'the last one'])
    await reader.leave()
  },
}
