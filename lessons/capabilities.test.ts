// What lessons say that they can do, where something else says it as well.

import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import type { Capabilities, Fact } from './capabilities.ts'
import { loadLessons } from './index.ts'
import { startServer } from './start.ts'
import { skipIfMissing } from './testing.ts'

/** Every fact that a lesson has to state. */
const facts = [
  'delivery',
  'directions',
  'binary',
  'browser',
  'http',
  'proxies',
  'auth',
  'resume',
  'tabs',
  'closedPage',
  'status',
] as const satisfies (keyof Capabilities)[]

describe.each(await loadLessons())('$folder', (lesson) => {
  const { capabilities, folder } = lesson
  const read = (name: string) =>
    readFile(new URL(`${folder}/${name}`, import.meta.url), 'utf8')

  test.each(facts)('says about %s what it is, in a sentence', (name) => {
    const { is, because }: Fact<unknown> = capabilities[name]
    expect(is).toBeDefined()
    expect(because).toMatch(/^\p{Lu}?.{8,}\.$/u)
  })

  test('names the interface that its page uses', async () => {
    const api = capabilities.browser.is
    if (api === 'none') return
    const source = await read('browser.ts')
    const called = {
      fetch: /fetchOpen\(|import .*poll.*browser\.ts/,
      EventSource: /new EventSource\(|import .*events.*browser\.ts/,
      WebSocket: /new WebSocket\(|import .*websocket.*browser\.ts/,
      WebTransport: /new WebTransport\(/,
      'Push API': /pushManager/,
    }
    expect(source).toMatch(called[api])
  })

  test('beats as often as its server does', async () => {
    const source = await read('server.ts')
    const [, written] = /heartbeatMs = ([\d_]+)/.exec(source) ?? []
    expect(capabilities.heartbeatMs).toBe(
      written && Number(written.replaceAll('_', '')),
    )
  })

  test('speaks a version of HTTP that it names', async ({ skip }) => {
    skipIfMissing(lesson, skip)
    await using started = await startServer(lesson)
    // TLS is for HTTP/2 here, UDP for HTTP/3: a plain lesson speaks 1.1.
    const ofTcp = started.url.protocol === 'https:' ? '2' : '1.1'
    const version = lesson.udp ? '3' : ofTcp
    expect(capabilities.http.is).toContain(version)
  })
})
