import assert from 'node:assert/strict'

import type { Deliver, Feed } from '../feed.ts'
import { sleep } from '../shared/sleep.ts'
import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { openFeed, range, setUp } from './rig.ts'

const mebibyte = 1024 * 1024

/** Longer than the check: nobody is taken for dead. */
const heartbeatMs = 15_000

export const backpressure: Requirement = {
  id: 'backpressure',
  text: 'The transport MUST NOT buffer without bound for a subscriber that does not read.',
  async check(lesson, signal) {
    const feed = await openFeed(lesson)
    const taken = countTaken(feed)
    await using rig = await setUp(lesson, signal, { feed, heartbeatMs })
    const reader = read(rig, signal)
    await reader.isOpen()

    rig.link.freeze()
    const texts = range(1, 36).map((n) => `${n}`.padEnd(mebibyte, '.'))
    for (const text of texts) feed.publish(text)
    // Time enough to show that it has stopped; the system's buffers take a few.
    await sleep(100, signal)
    assert.ok(
      taken.bytes < 24 * mebibyte,
      `for a client that does not read, the server must take less than 24 MiB from the feed, and wait; it took ${taken.bytes / mebibyte} of ${texts.length}`,
    )

    // And when the subscriber reads again, everything is there.
    rig.link.thaw()
    await reader.receives(texts, { when: 'after it read again' })
    await reader.leave()
  },
}

/** Counts what a server takes from a feed: one that respects backpressure stops. */
function countTaken(feed: Feed): { readonly bytes: number } {
  const taken = { bytes: 0 }
  const { read, follow } = feed
  feed.read = (cursor, maxBytes) => {
    const messages = read.call(feed, cursor, maxBytes)
    for (const { data } of messages) taken.bytes += data.length
    return messages
  }
  feed.follow = (cursor, signal, deliver: Deliver) =>
    follow.call(feed, cursor, signal, (message) => {
      taken.bytes += message.data.length
      return deliver(message)
    })
  return taken
}
