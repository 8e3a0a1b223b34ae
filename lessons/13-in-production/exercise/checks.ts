// What a server in production has to keep besides what every transport keeps.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'

import type { OwnCheck } from '../../exercise.ts'
import { range, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'

/** A stream, and what has come of it. */
async function subscribe(url: URL) {
  const request = http.get(new URL('/messages', url), { agent: false })
  request.on('error', () => {}) // `once` reports the first.
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {}) // 'close' follows.
  const seen = { response, text: '', hasEnded: false }
  response.setEncoding('utf8').on('data', (chunk: string) => {
    seen.text += chunk
  })
  response.once('close', () => {
    seen.hasEnded = true
  })
  return seen
}

export const unbuffered: OwnCheck = {
  id: 'unbuffered',
  text: 'The server MUST ask proxies and caches on the way to hand on each event at once, and to keep none.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const { response } = await subscribe(rig.link.url)
    const { headers } = response
    response.destroy()
    assert.equal(
      headers['x-accel-buffering'],
      'no',
      `the answer must have the header X-Accel-Buffering: no, or nginx collects events until a buffer is full; it has ${JSON.stringify(headers)}`,
    )
    assert.match(
      headers['cache-control'] ?? '',
      /\bno-store\b/,
      `the answer must have the header Cache-Control: no-store: each stream is another one; it has ${JSON.stringify(headers)}`,
    )
  },
}

/** More than any person has, and any check of the requirements. */
const plenty = 150

export const limited: OwnCheck = {
  id: 'limited',
  text: 'The server MUST refuse subscriptions beyond what an address may have, say when to come back, and let in others again once one has left.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const open = []
    let refused: IncomingMessage | undefined
    for (const _ of range(1, plenty)) {
      const one = await subscribe(rig.link.url)
      if (one.response.statusCode === 200) open.push(one.response)
      else refused ??= one.response
      if (refused) break
    }
    const { statusCode, headers } = refused ?? {}
    assert.equal(
      statusCode,
      429,
      `of ${plenty} subscriptions of one address, some must be answered 429; ${open.length} were let in${statusCode ? `, and then the answer was ${statusCode}` : ''}`,
    )
    assert.match(
      headers?.['retry-after'] ?? '',
      /^\d+$/,
      'a 429 must say in Retry-After after how many seconds to come back; it has no such header',
    )
    open.shift()?.destroy()
    let status: number | undefined
    await until(
      async () => {
        const { response } = await subscribe(rig.link.url)
        status = response.statusCode
        open.push(response)
        return status === 200
      },
      signal,
      () =>
        `another subscription to be let in once one has left: it is answered ${status}`,
    )
    for (const response of open) response.destroy()
  },
}

const drainMs = 600

export const drains: OwnCheck = {
  id: 'drains',
  text: 'A server that closes MUST end its subscriptions one after the other, over the time that it is given, and serve each until then.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal, { drainMs })
    const streams: Awaited<ReturnType<typeof subscribe>>[] = []
    for (const _ of range(1, 4)) streams.push(await subscribe(rig.link.url))
    await until(
      () => streams.every(({ text }) => text.includes('event: start')),
      signal,
      'four streams to start',
    )
    rig.server.close()
    const ended = () => streams.filter(({ hasEnded }) => hasEnded).length
    await until(() => ended() > 0, signal, 'a stream to end: the server closes')
    rig.feed.publish('still there')
    const count = ended()
    assert.equal(
      count,
      1,
      `of four streams, one must end first, and the others later within ${drainMs} ms; ${count} have ended together`,
    )
    const last = streams.at(-1)
    await until(
      () => last?.text.includes('still there') || last?.hasEnded === true,
      signal,
      'a message on a stream whose turn has not come',
    )
    assert.ok(
      last?.text.includes('still there'),
      'a stream whose turn has not come must get what is published; it got nothing more',
    )
  },
}
