// What a real browser makes of server push: it refuses, and the server lives
// with that.

import type { ServerHttp2Stream } from 'node:http2'

import { expect, vi } from 'vitest'

import { eventually, isInState, shownOn, test } from '../browser-test.ts'
import { startServer } from '../start.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 60_000 })

test('Chromium announces ENABLE_PUSH=0, asks for the style sheet itself, and for each message', async ({
  certificate,
  open,
}) => {
  const log: string[] = []
  await using server = await startServer(lesson, {
    certificate,
    log: (line) => log.push(line),
  })
  const asked: { path: string | undefined; pushAllowed: boolean }[] = []
  const events = server.server as unknown as NodeJS.EventEmitter
  events.on('stream', (stream: ServerHttp2Stream, { ':path': path }) => {
    asked.push({ path, pushAllowed: stream.pushAllowed })
  })

  const page = await open(server.url)
  await isInState(page, 'open')
  const { id } = await server.feed.publish('not pushed')
  await eventually(() => shownOn(page), 'the message').toEqual(['not pushed'])

  expect(asked.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/', '/style.css', `/messages/${id}`]),
  )
  expect(asked.filter(({ pushAllowed }) => pushAllowed)).toEqual([])
  expect(log).toEqual([])

  const settings = 'fetch("/settings").then((response) => response.text())'
  expect(await page.evaluate(settings)).toBe('{"enablePush":false}')
  await page.getByText('This browser announced ENABLE_PUSH=0').waitFor()
  const display = 'getComputedStyle(document.querySelector("main")).display'
  expect(await page.evaluate(display), 'by the style sheet').toBe('grid')
})

test('the server pushes to a client that accepts, while it serves a browser that does not', async ({
  certificate,
  open,
}) => {
  await using server = await startServer(lesson, { certificate })
  const page = await open(server.url)
  await isInState(page, 'open')

  const lines: string[] = []
  await lesson.show(server.url, { ca: server.ca }, (line) => lines.push(line))

  expect(lines.join('\n')).toMatch(/PUSH_PROMISE.*\/style\.css/)
  server.feed.publish('still here')
  await eventually(() => shownOn(page), 'the message').toEqual(['still here'])
})
