import assert from 'node:assert/strict'

import { type Deliver, Feed, type Message } from '../feed.ts'
import { sleep } from '../shared/sleep.ts'
import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { range, setUp } from './rig.ts'

const mebibyte = 1024 * 1024

/** Longer than the check: nobody is taken for dead. */
const heartbeatMs = 15_000

export const backpressure: Requirement = {
  id: 'backpressure',
  text: 'The transport MUST NOT buffer without bound for a subscriber that does not read.',
  async check(lesson, signal) {
    const feed = new CountingFeed()
    await using rig = await setUp(lesson, signal, { feed, heartbeatMs })
    const reader = read(rig, signal)
    await reader.isOpen()

    rig.link.freeze()
    const texts = range(1, 36).map((n) => `${n}`.padEnd(mebibyte, '.'))
    for (const text of texts) feed.publish(text)
    // Time enough to show that it has stopped; the system's buffers take a few.
    await sleep(100, signal)
    const taken = feed.bytesTaken / mebibyte
    assert.ok(
      taken < 24,
      `for a client that does not read, the server must take less than 24 MiB from the feed, and wait; it took ${taken} of ${texts.length}`,
    )

    // And when the subscriber reads again, everything is there.
    rig.link.thaw()
    await reader.receives(texts, { when: 'after it read again' })
    await reader.leave()
  },
}

/** Counts what a server takes from it: one that respects backpressure stops. */
class CountingFeed extends Feed {
  bytesTaken = 0

  override read(cursor: string, maxBytes?: number): Message[] {
    const messages = super.read(cursor, maxBytes)
    for (const { data } of messages) this.bytesTaken += data.length
    return messages
  }

  override follow(cursor: string, signal: AbortSignal, deliver: Deliver) {
    return super.follow(cursor, signal, (message) => {
      this.bytesTaken += message.data.length
      return deliver(message)
    })
  }
}
