import assert from 'node:assert/strict'

import { SubscribeError } from '../lesson.ts'
import { ask, type Question } from './ask.ts'
import type { Requirement } from './requirement.ts'
import { dataOf, failureOf, read, setUp } from './rig.ts'

/** What a server answers with a status and a sentence. */
const refused: readonly (Question & { status: number })[] = [
  { path: '/messages?after=yesterday', status: 400 },
  { path: '/messages?after=another0-7', status: 400 },
  { path: '/nowhere', status: 404 },
  { path: '/messages', method: 'DELETE', status: 405 },
]

export const refuse: Requirement = {
  id: 'refuse',
  text: 'The transport MUST answer a malformed cursor, an oversized message or an unknown path with a clear error, and stay up.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal, { maxMessageBytes: 1_000 })
    for (const { status, ...question } of refused) {
      const answer = await ask(rig.url, rig.ca, question, signal)
      const asked = `${question.method ?? 'GET'} ${question.path}`
      assert.equal(answer.status, status, `${asked} got ${answer.status}`)
      assert.match(answer.body, /^\S.{20,}\.\n$/s, `${asked} got no sentence`)
    }

    const malformed = rig.subscribe({ after: 'yesterday' })
    const failure = await failureOf(malformed)
    assert.ok(failure instanceof SubscribeError, `got ${failure}`)
    assert.match(failure.message, /cursor.*yesterday/)

    // An error for who sends too much, where the transport answers at all; and
    // nothing for the others, who go on.
    const sender = read(rig, signal)
    const reader = read(rig, signal)
    await sender.isOpen()
    await reader.isOpen()
    await sender.subscription.publish('x'.repeat(1_001)).catch((error) => {
      assert.ok(error instanceof SubscribeError, `got ${error}`)
    })
    await reader.subscription.publish('y'.repeat(1_000))
    await reader.has(1)
    assert.deepEqual(dataOf(reader.messages), ['y'.repeat(1_000)])
    await sender.leave()
    await reader.leave()
  },
}
