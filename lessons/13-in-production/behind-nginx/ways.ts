// What goes through nginx, and what cannot.

import shortPolling from '../../01-short-polling/index.ts'
import longPolling from '../../02-long-polling/index.ts'
import httpStreaming from '../../03-http-streaming/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import overHttp2 from '../../08-sse-over-http2/index.ts'
import type { Lesson } from '../../lesson.ts'

/** A client, and the server that it reaches through nginx. */
export interface Way {
  readonly title: string
  readonly client: Pick<Lesson, 'subscribe'>
  readonly server: Pick<Lesson, 'serve'>
  /** The client speaks HTTP/2 over TLS with nginx, and nginx HTTP/1.1 with the server. */
  readonly isHttp2?: boolean
}

const own = (lesson: Lesson): Way => ({
  title: lesson.title,
  client: lesson,
  server: lesson,
})

export const ways: readonly Way[] = [
  own(shortPolling),
  own(longPolling),
  own(httpStreaming),
  own(serverSentEvents),
  own(webSocket),
  {
    title: 'SSE over HTTP/2, HTTP/1.1 behind',
    client: overHttp2,
    server: serverSentEvents,
    isHttp2: true,
  },
]

/** The lessons that are not among them, with the reason. */
export const without: Readonly<Record<string, string>> = {
  '06-http2-server-push':
    'nginx speaks HTTP/2 with the servers behind it only since 1.29.4, and pushes nothing.',
  '07-early-hints':
    'nginx drops informational answers of the servers behind it, but for 1.29 and newer with early_hints.',
  '09-websocket-over-http2':
    'nginx knows no extended CONNECT: browsers take HTTP/1.1 for their WebSockets.',
  '10-webtransport':
    'nginx speaks HTTP/3 since 1.25, and hands on no session of WebTransport.',
  '11-web-push':
    'The push service is somebody else’s, and is reached without your proxy.',
}
