import assert from 'node:assert/strict'

import { SubscribeError } from '../lesson.ts'
import { ask, describe, type Question } from './ask.ts'
import { type Reader, read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { type Rig, setUp } from './rig.ts'
import { until } from './until.ts'

const maxMessageBytes = 1_000

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
    await using rig = await setUp(lesson, signal, { maxMessageBytes })
    for (const { status, ...question } of refused) {
      const answer = await ask(rig.link.url, rig.ca, question, signal)
      const asked = describe(question)
      assert.equal(
        answer.status,
        status,
        `${asked} must be answered ${status}, got ${answer.status}`,
      )
      assert.match(
        answer.body,
        /^\S.{20,}\.\n$/s,
        `${asked} must be answered with a sentence that says why, got "${answer.body}"`,
      )
    }
    await checkMalformed(rig, signal)

    const sender = read(rig, signal)
    const reader = read(rig, signal)
    await sender.isOpen()
    await reader.isOpen()
    await checkOversized(sender, signal)
    const fits = 'y'.repeat(maxMessageBytes)
    const error = await reader.publish(fits)
    assert.ok(!error, `the others must go on publishing, got ${error}`)
    await reader.receives([fits], { when: 'after an oversized one' })
    await sender.leave()
    await reader.leave()
  },
}

async function checkMalformed(rig: Rig, signal: AbortSignal): Promise<void> {
  const malformed = read(rig, signal, { after: 'yesterday' })
  const error = await malformed.error()
  assert.ok(
    error instanceof SubscribeError && /cursor.*yesterday/.test(error.message),
    `a malformed cursor must end the subscription with a SubscribeError that names it, got ${error ?? 'no error'}`,
  )
}

/** An error for who sends too much; where messages are not answered, the end of its connection. */
async function checkOversized(
  sender: Reader,
  signal: AbortSignal,
): Promise<void> {
  const error = await sender.publish('x'.repeat(maxMessageBytes + 1))
  if (error)
    return assert.ok(
      error instanceof SubscribeError,
      `an oversized message must be refused with a SubscribeError, got ${error}`,
    )
  await until(
    () => sender.delaysMs.length > 0 || sender.messages.length > 0,
    signal,
    'an oversized message to be refused, or its connection to be closed',
  )
}
