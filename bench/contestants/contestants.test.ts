// What every contestant that is not a lesson keeps. The lessons have tests of
// their own.

import { describe, expect, test, vi } from 'vitest'

import { makeCertificate } from '../../lessons/certificate.ts'
import type { Feed, Message } from '../../lessons/feed.ts'
import type { SubscribeOptions } from '../../lessons/lesson.ts'
import { type StartOptions, startServer } from '../../lessons/start.ts'
import { event, soon, type Wire, wireTo } from '../../lessons/testing.ts'
import type { LeanProtocol, NamedContestant } from '../contestant.ts'
import { loadContestants } from '../contestants.ts'
import { upgradeRequest } from '../load/lean-reader.ts'
import { packageVersions } from '../machine/packages.ts'

const texts = Array.from({ length: 200 }, (_, n) => `~${n} "quoted" \n\n ü€😀`)

function publishAll(feed: Feed): Promise<Message[]> {
  return Promise.all(texts.map((text) => feed.publish(text)))
}

/** What a contestant lacks is data with a reason, and no test that is skipped. */
function testIf(can: boolean): typeof test | (() => void) {
  return can ? test : () => {}
}

async function start(contestant: NamedContestant, options?: StartOptions) {
  const started = await startServer(contestant, options)
  const left = new AbortController()

  /** A reader with all that it has received, once its connection is open. */
  async function read(own: SubscribeOptions = {}) {
    const received: Message[] = []
    const onState = vi.fn()
    const settings = { ca: started.ca, signal: left.signal, onState, ...own }
    const subscription = contestant.subscribe(started.url, settings)
    const ended = (async () => {
      for await (const message of subscription) received.push(message)
    })()
    const opened = () => expect(onState).toHaveBeenCalledWith({ is: 'open' })
    await Promise.race([soon(opened), ended])
    const data = () => received.map((message) => message.data)
    return { received, data, onState, ended, publish: subscription.publish }
  }

  return {
    ...started,
    read,
    async [Symbol.asyncDispose]() {
      left.abort()
      await started.close()
    },
  }
}

async function greet(wire: Wire, url: URL, lean: LeanProtocol): Promise<void> {
  wire.write(lean.hello(url.host))
  let looked = 0
  await soon(() => {
    const { bytes } = wire
    expect(bytes.length).toBeGreaterThan(looked)
    looked = bytes.length
    const greeted = lean.greeted(bytes)
    if (typeof greeted === 'object') wire.write(greeted)
    expect(greeted).toBe(true)
  })
}

const all = await loadContestants()

for (const contestant of all.filter(({ kind }) => kind !== 'lesson')) {
  const { id, lacks = {}, lean = upgradeRequest } = contestant

  describe(id, () => {
    test('brings two subscribers all messages in order, unchanged', async () => {
      await using server = await start(contestant)
      const readers = [await server.read(), await server.read()]
      const sent = await publishAll(server.feed)
      for (const { received } of readers)
        await soon(() => expect(received).toEqual(sent))
    })

    test('ends every connection when the server closes', async () => {
      await using server = await start(contestant)
      const { onState } = await server.read()
      await using wire = await wireTo(server.url)
      await greet(wire, server.url, lean)
      await server.close()
      await wire.end()
      const waiting = expect.objectContaining({ is: 'waiting' })
      await soon(() => expect(onState).toHaveBeenCalledWith(waiting))
      expect(server.feed.followerCount).toBe(0)
    })

    test('sends its messages to a bare connection', async () => {
      await using server = await start(contestant)
      await using wire = await wireTo(server.url)
      await greet(wire, server.url, lean)
      for (let n = 10; n < 30; n++) server.feed.publish(`~${n}.`)
      await wire.until(/~29\./)
      const marks = Array.from(wire.text.matchAll(/~(\d+)\./g), ([, n]) => n)
      expect(marks.map(Number)).toEqual(
        [...Array(20).keys()].map((n) => n + 10),
      )
    })

    testIf(!('publish' in lacks))('carries a message back', async () => {
      await using server = await start(contestant)
      const reader = await server.read()
      await reader.publish('to all\nü')
      await soon(() => expect(reader.data()).toEqual(['to all\nü']))
    })

    testIf(!('resume' in lacks))('goes on after a cursor', async () => {
      await using server = await start(contestant)
      const sent = await publishAll(server.feed)
      const reader = await server.read({ after: sent[49]?.id })
      await soon(() => expect(reader.received).toEqual(sent.slice(50)))
    })

    testIf(!('tls' in lacks))('speaks TLS', async () => {
      const certificate = await makeCertificate()
      await using server = await start(contestant, { certificate })
      const connection = event(server.server, 'connection')
      const reader = await server.read()
      const [socket] = await connection
      expect(socket).toHaveProperty('remotePort')
      server.feed.publish('~secret')
      await soon(() => expect(reader.data()).toEqual(['~secret']))
    })
  })
}

test('who names a package names the version that is installed', async () => {
  const versions = packageVersions()
  for (const { implementation } of await loadContestants()) {
    const [name = '', version] = implementation.split(' ')
    if (name in versions) expect(version).toBe(versions[name])
  }
})
