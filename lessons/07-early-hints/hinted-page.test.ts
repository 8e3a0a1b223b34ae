import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'

import { expect, test } from 'vitest'

import { httpServer } from '../shared/http-server.ts'
import { http2Server } from '../shared/http2-server.ts'
import { event, request, soon, wireTo } from '../testing.ts'
import { hintedPage } from './hinted-page.ts'

/** Thinking that the test ends, and that it can watch. */
function thinking() {
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const asked: { ms: number; gone: AbortSignal | undefined }[] = []
  const think = (ms: number, gone?: AbortSignal) => {
    asked.push({ ms, gone })
    return over
  }
  return { think, asked, end }
}

test('a client that leaves while the server thinks is not thought about any more', async () => {
  const { think, asked, end } = thinking()
  const routes = hintedPage(import.meta.url, think)
  const server = http2Server(import.meta.url, {}, routes)
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const session = http2.connect(`http://127.0.0.1:${port}`)
  try {
    const stream = session.request({ ':path': '/?think=7' })
    await event(stream, 'headers')
    expect(asked[0]?.ms).toBe(7)
    expect(asked[0]?.gone?.aborted).toBe(false)
    stream.close(http2.constants.NGHTTP2_CANCEL)
    await soon(() => expect(asked[0]?.gone?.aborted).toBe(true))
    end()
    await new Promise(setImmediate) // It answers to nobody.
  } finally {
    session.destroy()
    await new Promise((closed) => server.close(closed))
  }
})

test('over HTTP/1.1 the bytes of a 103 are an answer before the answer', async () => {
  const { think, end } = thinking()
  const routes = hintedPage(import.meta.url, think)
  const server = httpServer(import.meta.url, {}, routes)
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    const url = new URL(`http://127.0.0.1:${port}/`)
    await using wire = await wireTo(url, request('GET /'))
    expect(await wire.until(/\r\n\r\n$/)).toBe(
      'HTTP/1.1 103 Early Hints\r\n' +
        'Link: </style.css>; rel=preload; as=style\r\n\r\n',
    )
    end()
    await wire.until(/\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  } finally {
    await new Promise((closed) => server.close(closed))
  }
})
