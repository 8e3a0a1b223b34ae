// Each way through Caddy and HAProxy, where they are installed: CI has neither.

import { beforeEach, describe, expect, test } from 'vitest'

import { localCertificate } from '../../certificate.ts'
import { Feed } from '../../feed.ts'
import { range } from '../../requirements/rig.ts'
import { startServer } from '../../start.ts'
import { soon } from '../../testing.ts'
import { ways } from '../behind-nginx/ways.ts'
import { proxies } from './proxies.ts'

describe.each(proxies)('behind $title', ({ find, howToGet, start }) => {
  beforeEach(({ skip }) => {
    if (find() === undefined) skip(howToGet)
  })

  test.each(ways)(
    'each message arrives before the next one is sent: $title',
    async ({ client, server, isHttp2 }) => {
      const feed = new Feed()
      const certificate = isHttp2 ? await localCertificate() : undefined
      await using started = await startServer(server, { feed })
      await using proxy = await start({ lesson: started.url, certificate })
      const leaving = new AbortController()
      const data: string[] = []
      const reading = (async () => {
        const messages = client.subscribe(proxy.url, {
          after: feed.present,
          ca: certificate?.cert,
          intervalMs: 20,
          signal: leaving.signal,
        })
        for await (const message of messages) data.push(message.data)
      })()
      try {
        for (const n of range(1, 5)) {
          feed.publish(`${n}`)
          await soon(() => expect(data).toEqual(range(1, n).map(String)))
        }
      } finally {
        leaving.abort()
        await reading
      }
    },
  )
})
