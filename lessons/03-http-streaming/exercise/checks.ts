// What HTTP streaming has to keep besides what every transport keeps.

import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'

import type { OwnCheck } from '../../exercise.ts'
import { setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'
import { jsonLines } from '../expect-lines.ts'

export const lines: OwnCheck = {
  id: 'lines',
  text: 'The answer MUST be JSON lines: first where the stream starts, then a line for each message.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const request = get(new URL('/messages', rig.link.url), { agent: false })
    let response: IncomingMessage | undefined
    request.on('error', () => {}) // Then there is no answer.
    request.on('response', (answer: IncomingMessage) => {
      answer.on('error', () => {}) // The check has ended.
      response = answer
    })
    try {
      const first = 'an answer, whose first line tells where the stream starts'
      await until(() => response !== undefined, signal, first)
      if (response) await checkLines(response, signal, rig)
    } finally {
      request.destroy()
    }
  },
}

async function checkLines(
  response: IncomingMessage,
  signal: AbortSignal,
  { feed }: Awaited<ReturnType<typeof setUp>>,
): Promise<void> {
  const type = response.headers['content-type']
  assert.equal(
    type,
    jsonLines,
    `the answer must say that it is ${jsonLines}, got ${type}`,
  )
  let came = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    came += chunk
  })
  /** A last line without its end has not come yet; an empty one is a heartbeat. */
  const seen = () => came.split('\n').slice(0, -1).filter(Boolean).map(parsed)
  const waitFor = (count: number, what: string) =>
    until(
      () => seen().length >= count,
      signal,
      () => `${what}, got ${JSON.stringify(came)}`,
    )

  await waitFor(1, 'a first line with the cursor at which the stream starts')
  const start = { id: feed.present }
  assert.deepEqual(
    seen(),
    [start],
    `the first line must be ${JSON.stringify(start)}, got ${JSON.stringify(came)}`,
  )
  // Together they may well come as one chunk.
  const messages = ['one', 'two\nlines'].map((text) => feed.publish(text))
  await waitFor(3, 'a line for each of two messages')
  assert.deepEqual(
    seen().slice(1),
    messages,
    `the lines must be the messages, got ${JSON.stringify(came)}`,
  )
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    assert.fail(`each line must be a JSON text, got ${line}`)
  }
}
