// What Early Hints have to keep besides what every transport keeps.

import assert from 'node:assert/strict'
import http2, { type ClientHttp2Session } from 'node:http2'

import type { OwnCheck } from '../../exercise.ts'
import { ask } from '../../requirements/ask.ts'
import { type Rig, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'

/** Rarely enough that a report has room for what else is on the wire. */
const pingMs = 20

export const early: OwnCheck = {
  id: 'early',
  text: 'The server MUST send a 103 that names the style sheet before it thinks about the page.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const { hints, before, after } = await visit(rig, signal)
    assert.match(
      hints[0] ?? 'none',
      /<\/style\.css>\s*;.*as=style/,
      `a 103 with the header link: </style.css>; rel=preload; as=style must come before the page, got ${hints[0] ?? 'none'}`,
    )
    assert.ok(
      after > before,
      `the 103 must come before the server thinks: ${before} pings were answered before it, and ${after} between it and the page`,
    )
  },
}

export const usable: OwnCheck = {
  id: 'usable',
  text: 'What is hinted at MUST be something that a cache may keep, or the page asks for it again.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const question = { path: '/style.css' }
    const { headers } = await ask(rig.link.url, rig.ca, question, signal)
    const told = String(headers['cache-control'] ?? 'none')
    assert.match(
      told,
      /max-age=[1-9]/,
      `the style sheet must come with cache-control: max-age=60 or the like, got ${told}`,
    )
    assert.doesNotMatch(
      told,
      /no-store|no-cache/,
      `no page can use a style sheet that no cache may keep, got cache-control: ${told}`,
    )
  },
}

export const navigation: OwnCheck = {
  id: 'navigation',
  text: 'The server MUST send hints to who opens the page, and none to a script that fetches it.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    for (const [mode, count] of [
      ['navigate', 1],
      ['cors', 0],
    ] as const) {
      const { hints } = await visit(rig, signal, { 'sec-fetch-mode': mode })
      assert.equal(
        hints.length,
        count,
        `a request with sec-fetch-mode: ${mode} must get ${count} hints, got ${hints.length}`,
      )
    }
  },
}

/** Opens the page: the links of its hints, and how many pings were answered before and after the first: whatever the machine, time goes by in them. */
async function visit(
  rig: Rig,
  signal: AbortSignal,
  headers: Record<string, string> = {},
) {
  const session: ClientHttp2Session = http2.connect(rig.link.url.origin, {
    ca: rig.ca,
  })
  session.on('error', () => {}) // What waits for the page says so.
  const page = session.request({ ':path': '/', ...headers })
  page.on('error', () => {})
  const hints: string[] = []
  let before = 0
  let after = 0
  let isHere = false
  const ping = () => {
    if (isHere || session.destroyed) return
    session.ping(() => {
      if (hints.length === 0) before++
      else if (!isHere) after++
      setTimeout(ping, pingMs).unref()
    })
  }
  page.on('headers', ({ link }) => {
    hints.push(String(link))
  })
  page.on('response', () => {
    isHere = true
  })
  page.once('ready', ping)
  try {
    await until(() => isHere, signal, 'the page')
    return { hints, before, after }
  } finally {
    session.destroy()
  }
}
