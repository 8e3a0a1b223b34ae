import { connect } from 'node:net'

import { describe, expect, test } from 'vitest'

import { event, soon } from '../testing.ts'
import { follow, start } from './test-session.ts'

describe('the server of HTTP/1.1', () => {
  async function startCompanion() {
    const rig = await start()
    const got = follow(rig.session, '/http1')
    await soon(() => expect(got.text).toMatch(/^http:.*\n$/))
    return { rig, got, url: new URL(got.text.trim()) }
  }

  test('carries the same feed', async () => {
    const { rig, url } = await startCompanion()
    await using _ = rig
    const answer = await fetch(new URL('/messages?after=test-0', url))
    rig.feed.publish('hello')
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('hello')) break
    }
    expect(text).toMatch(/id: test-1\ndata: hello\n\n/)
  })

  test('lives as long as the request for it', async () => {
    const { rig, got, url } = await startCompanion()
    await using _ = rig
    got.stream.close()
    await soonRefused(url)
  })

  test('ends with the lesson’s server', async () => {
    const { rig, got, url } = await startCompanion()
    const ended = event(got.stream, 'end')
    await rig.close()
    await ended
    await soonRefused(url)
  })

  test('is another one for each that asks', async () => {
    const { rig, got } = await startCompanion()
    await using _ = rig
    const other = follow(rig.session, '/http1')
    await soon(() => expect(other.text).toMatch(/^http:.*\n$/))
    expect(other.text).not.toBe(got.text)
  })
})

async function soonRefused({ hostname, port }: URL): Promise<void> {
  const outcome = () =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname)
      socket.on('connect', () => {
        socket.destroy()
        resolve('it listens')
      })
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
  await expect.poll(outcome, { timeout: 5_000 }).toBe('ECONNREFUSED')
}

test('the scripts of the page are served as JavaScript', async () => {
  await using rig = await start()
  for (const name of [
    'steps',
    'leader-tab',
    'worker-tab',
    'stream-worker',
    'topic-stream',
  ]) {
    const got = follow(rig.session, `/${name}.js`)
    await event(got.stream, 'end')
    expect(got.head).toMatchObject({
      ':status': 200,
      'content-type': 'text/javascript; charset=utf-8',
    })
    expect(got.text).not.toMatch(/: string|interface /)
  }
})

test('it tells how many streams are open', async () => {
  await using rig = await start()
  const streams = [1, 2].map(() => follow(rig.session, '/messages'))
  await soon(() => expect(rig.feed.followerCount).toBe(2))
  const got = follow(rig.session, '/streams')
  await event(got.stream, 'end')
  expect(got.text).toBe('{"streams":2}\n')
  for (const { stream } of streams) stream.close()
})
