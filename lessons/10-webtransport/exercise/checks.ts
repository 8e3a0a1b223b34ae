// What WebTransport has to keep besides what every transport keeps.

import assert from 'node:assert/strict'

import type { OwnCheck } from '../../exercise.ts'
import { setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'
import { connect } from '../connect.ts'
import type { WebTransportSession } from '../http3/web-transport-session.ts'
import { sessionUrl } from '../messages.ts'

export const oneStream: OwnCheck = {
  id: 'one-stream',
  text: 'The server MUST send all messages of a subscription on one stream, which begins with the cursor where it starts.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const { url } = rig.link
    const { session, close } = await connect(url, sessionUrl(url, undefined), {
      ca: rig.ca,
      signal,
    })
    try {
      const streams = readStreams(session)
      const start = JSON.stringify({ id: rig.feed.present })
      // A stream that is not there yet carries no message either: both come.
      const all = () => streams.join('').split('\n').filter(Boolean)
      for (const text of ['one', 'two', 'three']) rig.feed.publish(text)
      await until(
        () => all().length >= 4,
        signal,
        () =>
          `a line ${start} and three messages, got ${all().length} lines on ${streams.length} streams`,
      )
      assert.equal(
        streams.length,
        1,
        `all lines must come on one stream, which keeps their order, got them on ${streams.length}`,
      )
      assert.equal(
        all()[0],
        start,
        `the first line must be ${start}, got ${all()[0]}`,
      )
    } finally {
      close()
    }
  },
}

/** What has come on each stream that the server has opened. */
function readStreams(session: WebTransportSession): string[] {
  const texts: string[] = []
  const read = async () => {
    for await (const stream of session.streams) {
      const n = texts.push('') - 1
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        texts[n] += chunk
      })
      stream.on('error', () => {}) // The check has ended.
    }
  }
  read().catch(() => {}) // So has the session.
  return texts
}
