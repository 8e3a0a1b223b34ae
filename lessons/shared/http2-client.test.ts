import { getEventListeners } from 'node:events'

import { describe, expect, test } from 'vitest'
import { start } from '../06-http2-server-push/test-session.ts'
import { SubscribeError } from '../lesson.ts'
import { bareServer, event } from '../testing.ts'
import { ConnectionError } from './connection-error.ts'
import { ask, connected, opened, post } from './http2-client.ts'

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('It succeeded.'),
    (error) => error,
  )
}

describe('a session', () => {
  test('ends when its signal aborts, and leaves no listener', async () => {
    await using rig = await start()
    const controller = new AbortController()
    const { signal } = controller
    const session = connected(rig.url, { ca: rig.ca, signal })
    await event(session, 'connect')
    const closed = event(session, 'close')
    controller.abort()
    await closed
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('that ends by itself leaves no listener', async () => {
    await using rig = await start()
    const { signal } = new AbortController()
    const session = connected(rig.url, { ca: rig.ca, signal })
    await event(session, 'connect')
    const closed = event(session, 'close')
    session.close()
    await closed
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('does not begin when its signal has aborted before', async () => {
    await using rig = await start()
    const signal = AbortSignal.abort()
    const session = connected(rig.url, { ca: rig.ca, signal })
    expect(session.destroyed).toBe(true)
  })

  test('is not opened with a server that nobody vouches for', async () => {
    await using rig = await start()
    const session = connected(rig.url, {})
    const error = await failureOf(opened(rig.url, session.request()))
    expect(error).toBeInstanceOf(ConnectionError)
    expect((error as Error).message).toMatch(/self-signed certificate/)
  })
})

test('a session that has ended takes no request', async () => {
  await using rig = await start()
  rig.session.destroy()
  // Node 20 throws at once, Node 24 gives a stream that fails.
  const answer = async () => opened(rig.url, ask(rig.session, { ':path': '/' }))
  expect(await failureOf(answer())).toBeInstanceOf(ConnectionError)
})

describe('opened', () => {
  test('reports a refusal with its sentence and its wishes', async () => {
    await using rig = await start(3)
    const path = '/messages?after=gone-7'
    const stream = rig.session.request({ ':path': path })
    const error = await failureOf(opened(rig.url, stream))
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error).toMatchObject({ status: 400, feedStart: 'test-0' })
    expect((error as Error).message).toMatch(
      /^https:.* answered 400: The cursor gone-7 is not of this feed.*\.$/,
    )
  })

  test('reports a server that closes at once', async () => {
    await using server = await bareServer(({ socket }) => socket.destroy())
    const session = connected(server.url, {})
    const error = await failureOf(opened(server.url, session.request()))
    expect(error).toBeInstanceOf(ConnectionError)
  })
})

describe('post', () => {
  test('publishes the data as it is', async () => {
    await using rig = await start()
    await post(rig.url, '\uFEFFü\n', { ca: rig.ca })
    expect(rig.feed.find('test-1')?.data).toBe('\uFEFFü\n')
  })

  test('reports that the message is too large', async () => {
    await using rig = await start(0, {}, { maxMessageBytes: 3 })
    const error = await failureOf(post(rig.url, '1234', { ca: rig.ca }))
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error).toMatchObject({ status: 413 })
  })
})
