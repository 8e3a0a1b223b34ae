// What short polling has to keep besides what every transport keeps.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'

import type { OwnCheck } from '../../exercise.ts'
import { Link } from '../../requirements/link.ts'
import { until } from '../../requirements/until.ts'
import { listen } from '../../start.ts'

/** The cursor that every answer carries here. */
const etag = '"poll42-7"'

export const conditional: OwnCheck = {
  id: 'conditional',
  text: 'The client MUST ask with If-None-Match for what came after the last answer, so that an idle poll is answered 304, without a body.',
  async check(lesson, signal) {
    const asked: (string | undefined)[] = []
    const server = createServer(({ headers }, response) => {
      asked.push(headers['if-none-match'])
      response.setHeader('etag', etag)
      if (headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.end('[]\n')
    })
    await using listening = await listen(server, 0, '127.0.0.1')
    await using link = await Link.to(listening.url)
    const left = new AbortController()
    const subscription = lesson.subscribe(link.url, {
      intervalMs: 5,
      retryMs: 2,
      signal: left.signal,
    })
    try {
      subscription.next().catch(() => {})
      await until(
        () => asked.length >= 3,
        signal,
        () => `three polls, got ${asked.length}`,
      )
      const [first, ...others] = asked
      assert.equal(
        first,
        undefined,
        `the first poll knows no cursor, it sent ${first}`,
      )
      for (const sent of others)
        assert.equal(
          sent,
          etag,
          `a poll after an answer with ETag: ${etag} must carry If-None-Match: ${etag}, got ${sent ?? 'none'}`,
        )
    } finally {
      left.abort()
      server.closeAllConnections()
    }
  },
}
