import { Link } from './link.ts'
import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'

const mebibyte = 1024 * 1024

export const fanOut: Requirement = {
  id: 'fan-out',
  text: 'The transport MUST reach every subscriber while one of them does not read.',
  async check(lesson, signal) {
    // Nobody is taken for dead here.
    await using rig = await setUp(lesson, signal, { heartbeatMs: 15_000 })
    await using ownLink = await Link.to(rig.url)
    const stalled = read(rig, signal, {}, ownLink)
    await stalled.isOpen()
    ownLink.freeze()
    // More than the system's buffers take: the server has to wait for this one.
    for (const n of range(1, 24))
      await rig.feed.publish(`${n}`.padEnd(mebibyte, '.'))

    const readers = range(1, 20).map(() => read(rig, signal))
    for (const reader of readers) await reader.isOpen()
    // More than fits before a connection is full, 64 KiB from Node 22 on.
    const texts = range(1, 40).map((n) => `${n} `.repeat(2_000))
    for (const text of texts) rig.feed.publish(text)
    const when = 'while another subscriber does not read'
    for (const reader of readers) {
      await reader.receives(texts, { when })
      await reader.leave()
    }
    await stalled.leave()
  },
}
