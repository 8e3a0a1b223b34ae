// What a node has to keep besides what every transport keeps.

import assert from 'node:assert/strict'

import type { OwnCheck } from '../../exercise.ts'
import type { Lesson } from '../../lesson.ts'
import { read } from '../../requirements/reader.ts'
import { type Rig, setUp } from '../../requirements/rig.ts'
import { startServer } from '../../start.ts'

/** Two nodes of one feed. The rig's own is the first. */
async function twoNodes(lesson: Lesson, signal: AbortSignal) {
  const first = await setUp(lesson, signal)
  const { feed } = first
  const second = await setUp(lesson, signal, { feed })
  return {
    first,
    second,
    feed,
    async [Symbol.asyncDispose]() {
      await first.close()
      await second.close()
    },
  }
}

/** A reader that is there. */
async function readerAt(rig: Rig, signal: AbortSignal) {
  const reader = read(rig, signal)
  await reader.isOpen()
  return reader
}

export const everywhere: OwnCheck = {
  id: 'everywhere',
  text: 'What is published at one node MUST reach the subscribers of every node, once.',
  async check(lesson, signal) {
    await using nodes = await twoNodes(lesson, signal)
    const { first, second, feed } = nodes
    const here = await readerAt(first, signal)
    const there = await readerAt(second, signal)
    await here.publish('from the first node')
    feed.publish('from somewhere else')
    const both = ['from the first node', 'from somewhere else']
    await there.receives(both, { when: 'published at the other node' })
    await here.receives(both, { when: 'published at this node' })
    await here.leave()
    await there.leave()
  },
}

export const sameIds: OwnCheck = {
  id: 'same-ids',
  text: 'A message MUST have the same id at every node.',
  async check(lesson, signal) {
    await using nodes = await twoNodes(lesson, signal)
    const { first, second, feed } = nodes
    const here = await readerAt(first, signal)
    const there = await readerAt(second, signal)
    const { id } = await feed.publish('for all')
    await here.receives(['for all'])
    await there.receives(['for all'])
    const ids = [here, there].map(({ messages }) => messages[0]?.id)
    assert.deepEqual(
      ids,
      [id, id],
      `the message ${id} must have this id at both nodes; the first calls it ${ids[0]}, the second ${ids[1]}`,
    )
    await here.leave()
    await there.leave()
  },
}

export const moves: OwnCheck = {
  id: 'moves',
  text: 'A subscriber whose node ends MUST go on at another one, also at one that started later: nothing lost, nothing twice.',
  async check(lesson, signal) {
    await using first = await setUp(lesson, signal)
    const { feed, link } = first
    const reader = await readerAt(first, signal)
    await feed.publish('before')
    await reader.receives(['before'])
    link.cut()
    await feed.publish('meanwhile')
    await using later = await startServer(lesson, { feed })
    link.leadTo(later.url)
    await feed.publish('afterwards')
    const all = ['before', 'meanwhile', 'afterwards']
    await reader.receives(all, { when: 'at a node that started later' })
    assert.deepEqual(
      reader.gaps,
      [],
      'a subscriber that goes on at another node must not be told of a gap',
    )
    await reader.leave()
  },
}
