import assert from 'node:assert/strict'

import { ask, type Question } from './ask.ts'
import type { Requirement } from './requirement.ts'
import { setUp } from './rig.ts'

/** A WebSocket's handshake: other transports take it for a plain request. */
const upgrade = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

const foreign = {
  'another site': { origin: 'https://example.com' },
  'a sandboxed page': { origin: 'null' },
  'a name that only begins like ours': { origin: 'http://localhost.evil.com' },
  'a name that somebody else pointed here': { host: 'rebound.example:8000' },
}

export const origin: Requirement = {
  id: 'origin',
  text: 'The transport MUST refuse pages of foreign sites: by Origin (403), with no CORS beyond loopback, and by a foreign Host name (DNS rebinding).',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const before = rig.feed.present
    for (const [who, headers] of Object.entries(foreign)) {
      const questions: Record<string, Question> = {
        subscribe: { path: '/messages', headers },
        upgrade: { path: '/messages', headers: { ...upgrade, ...headers } },
        publish: { path: '/messages', method: 'POST', body: 'mine', headers },
        page: { path: '/', headers },
      }
      for (const [what, question] of Object.entries(questions)) {
        const answer = await ask(rig.link.url, rig.ca, question, signal)
        assert.equal(
          answer.status,
          403,
          `${what} by ${who} must be answered 403, got ${answer.status}`,
        )
        const allowed = answer.headers['access-control-allow-origin']
        assert.equal(
          allowed,
          undefined,
          `no CORS must let ${who} read an answer, got access-control-allow-origin: ${allowed}`,
        )
      }
    }
    assert.equal(
      rig.feed.present,
      before,
      'a foreign site must not publish; the feed has gone on',
    )

    // A page on another port of this machine is no foreign site.
    const headers = { origin: 'http://localhost:5170' }
    const answer = await ask(
      rig.link.url,
      rig.ca,
      { path: '/', headers },
      signal,
    )
    const allowed = answer.headers['access-control-allow-origin']
    assert.deepEqual(
      [answer.status, allowed],
      [200, headers.origin],
      `a page of this machine must be answered 200 and let in by access-control-allow-origin: ${headers.origin}, got ${answer.status} and ${allowed}`,
    )
  },
}
