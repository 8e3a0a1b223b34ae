import { createServer } from 'node:net'

import { describe, expect, test } from 'vitest'

import { makeCertificate } from './certificate.ts'
import { Feed } from './feed.ts'
import type { Lesson, ServeOptions } from './lesson.ts'
import { startServer } from './start.ts'
import { wireTo } from './testing.ts'

/** A lesson whose server accepts connections, and keeps what it was given. */
function lessonOf(secure?: boolean) {
  const served: { feed?: Feed; options?: ServeOptions } = {}
  const lesson: Omit<Lesson, 'capabilities'> = {
    title: 'Test',
    secure,
    serve(feed, options) {
      Object.assign(served, { feed, options })
      return createServer((socket) => socket.resume().end('hello'))
    },
    subscribe: () => expect.fail('nobody subscribes here'),
  }
  return { lesson, served }
}

describe('a server', () => {
  test('listens on a free port of 127.0.0.1 unless told otherwise', async () => {
    const { lesson, served } = lessonOf()
    await using one = await startServer(lesson)
    await using two = await startServer(lesson)
    expect(one.url.href).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+\/$/)
    expect(two.url.port).not.toBe(one.url.port)
    expect(served.feed).toBe(two.feed)
    expect(one.ca).toBeUndefined()
    await using wire = await wireTo(one.url)
    expect(await wire.end()).toBe('hello')
  })

  test('gets the feed and the options that it is started with', async () => {
    const { lesson, served } = lessonOf()
    const feed = new Feed()
    await using _ = await startServer(lesson, { feed, heartbeatMs: 7 })
    expect(served.feed).toBe(feed)
    expect(served.options).toEqual({ heartbeatMs: 7, certificate: undefined })
  })

  test('is named by an address that reaches it', async () => {
    const { lesson } = lessonOf()
    await using everywhere = await startServer(lesson, { host: '0.0.0.0' })
    expect(everywhere.url.hostname).toBe('127.0.0.1')
    await using named = await startServer(lesson, { host: 'localhost' })
    for (const { url } of [everywhere, named]) {
      await using wire = await wireTo(url)
      expect(await wire.end()).toBe('hello')
    }
  })

  test('that needs TLS has a certificate, and says which', async () => {
    const { lesson, served } = lessonOf(true)
    const certificate = await makeCertificate()
    await using given = await startServer(lesson, { certificate })
    expect(given.url.protocol).toBe('https:')
    expect(given.ca).toBe(certificate.cert)
    expect(served.options?.certificate).toBe(certificate)

    await using own = await startServer(lesson)
    expect(own.ca).toBe(served.options?.certificate?.cert)
    expect(own.ca).toMatch(/^-----BEGIN CERTIFICATE-----/)
  })

  test('closes once, and all who close it wait for that', async () => {
    const { lesson } = lessonOf()
    const { url, server, close } = await startServer(lesson)
    await using wire = await wireTo(url)
    await wire.end()
    let closed = false
    server.once('close', () => {
      closed = true
    })
    const both = [close(), close()]
    const first = Promise.race(both).then(() => closed)
    wire.socket.end()
    expect(await first).toBe(true)
    await Promise.all(both)
    await close()
  })
})

describe('a server that cannot listen says why:', () => {
  test('its port is taken', async () => {
    const { lesson } = lessonOf()
    await using other = await startServer(lesson)
    const port = Number(other.url.port)
    await expect(startServer(lesson, { port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken by another program. End that one, or choose another port with --port (0 takes a free one).`,
    )
  })

  // Reserved for examples: RFC 5737.
  test('this machine has no such address', async () => {
    const { lesson } = lessonOf()
    const host = '192.0.2.1'
    await expect(startServer(lesson, { host })).rejects.toThrow(
      `This machine has no address ${host}. Choose one of its own with --host, such as 127.0.0.1.`,
    )
  })

  test('there is no such port', async () => {
    const { lesson } = lessonOf()
    await expect(startServer(lesson, { port: 70_000 })).rejects.toThrow(
      /^Cannot listen on port 70000 of 127\.0\.0\.1: .*65536/,
    )
  })

  test('with the error of the system as its cause', async () => {
    const { lesson } = lessonOf()
    await using other = await startServer(lesson)
    const port = Number(other.url.port)
    const error = await startServer(lesson, { port }).catch((error) => error)
    expect(error.cause).toMatchObject({ code: 'EADDRINUSE' })
  })
})
