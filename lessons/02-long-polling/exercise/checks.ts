// What long polling has to keep besides what every transport keeps.

import assert from 'node:assert/strict'

import type { OwnCheck } from '../../exercise.ts'
import { type Answer, ask } from '../../requirements/ask.ts'
import { type Rig, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'

export const cursor: OwnCheck = {
  id: 'cursor',
  text: 'A poll without a cursor MUST be answered at once, and every answer MUST carry the next one in its ETag; a poll with the present one MUST wait.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const first = await answered(
      poll(rig, signal),
      signal,
      'an answer at once to a poll without a cursor',
    )
    const present = `"${rig.feed.present}"`
    assert.equal(
      first.headers.etag,
      present,
      `the answer must carry ETag: ${present}, got ${first.headers.etag ?? 'none'}`,
    )

    const held = poll(rig, signal, present)
    await until(() => rig.link.allHaveAsked, signal, 'a second poll')
    const { id } = await publishLater(rig, held)
    const second = await answered(held, signal, 'an answer with the message')
    assert.equal(
      second.status,
      200,
      `a poll with the present cursor must wait for a message, got ${second.status}`,
    )
    assert.equal(
      second.headers.etag,
      `"${id}"`,
      `the answer with ${id} must carry ETag: "${id}", got ${second.headers.etag ?? 'none'}`,
    )
  },
}

export const hold: OwnCheck = {
  id: 'hold',
  text: 'A poll MUST be answered within a heartbeat, with 304 when there was nothing: a proxy waits no longer than it likes.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal, { heartbeatMs: 100 })
    const idle = await answered(
      poll(rig, signal, `"${rig.feed.present}"`),
      signal,
      'an answer to an idle poll, whose heartbeat is 100 ms',
    )
    assert.equal(
      idle.status,
      304,
      `an idle poll must be answered 304, got ${idle.status}`,
    )
  },
}

function poll(rig: Rig, signal: AbortSignal, etag?: string): Promise<Answer> {
  const headers = etag === undefined ? undefined : { 'if-none-match': etag }
  const answer = ask(
    rig.link.url,
    rig.ca,
    { path: '/messages', headers },
    signal,
  )
  answer.catch(() => {}) // Who waits for it is told.
  return answer
}

async function answered(
  answer: Promise<Answer>,
  signal: AbortSignal,
  what: string,
): Promise<Answer> {
  let got: Answer | undefined
  answer.then(
    (value) => {
      got = value
    },
    () => {},
  )
  await until(() => got !== undefined, signal, what)
  return answer
}

/** Once the poll has had its turn at the server: what answers too soon has then. */
async function publishLater({ feed, link, ca }: Rig, held: Promise<Answer>) {
  const page = ask(link.url, ca, { path: '/nowhere' }, AbortSignal.timeout(500))
  await Promise.race([page, held]).catch(() => {})
  return feed.publish('hello')
}
