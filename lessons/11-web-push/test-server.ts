// A server of this lesson, and requests of every kind to it: for its tests.

import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import https from 'node:https'
import { buffer } from 'node:stream/consumers'

import webpush from 'web-push'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { event } from '../testing.ts'
import { makeKeys } from './decrypt.ts'
import lesson from './index.ts'

export const certificate = await makeCertificate()

/** A server with the feed `test`, and a session with it. */
export async function start(options: StartOptions = {}) {
  const feed = options.feed ?? new Feed({ name: 'test' })
  const log: string[] = []
  const server = await startServer(lesson, {
    certificate,
    feed,
    log: (line) => log.push(line),
    ...options,
  })
  const { url, close } = server
  const ca = certificate.cert
  const sessions: ClientHttp2Session[] = []
  const connect = () => {
    const session = http2.connect(url.origin, { ca })
    session.on('error', () => {}) // 'close' follows.
    sessions.push(session)
    return session
  }
  const session = connect()
  const agent = new https.Agent({ ca, keepAlive: true })
  return {
    ...server,
    certificate,
    feed,
    log,
    session,
    connect,
    agent,
    request: (
      method: string,
      path: string,
      headers?: OutgoingHttpHeaders,
      body?: string | Uint8Array,
    ) => request(session, method, path, headers, body),
    async [Symbol.asyncDispose]() {
      for (const one of sessions) one.destroy()
      agent.destroy()
      await close()
    },
  }
}

export type Rig = Awaited<ReturnType<typeof start>>

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export async function request(
  session: ClientHttp2Session,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string | Uint8Array,
): Promise<Answer> {
  const asked = { ':method': method, ':path': path, ...headers }
  const stream = session.request(asked, { endStream: body === undefined })
  if (body !== undefined) stream.end(body)
  const [told] = (await event(stream, 'response')) as [IncomingHttpHeaders]
  const status = Number(told[':status'])
  return { status, headers: told, body: await buffer(stream) }
}

/** A subscription at the push service, made without the lesson's client. */
export async function subscribed(rig: Rig, vapid?: string) {
  const keys = makeKeys()
  const body = vapid && JSON.stringify({ vapid })
  const { status, headers } = await rig.request('POST', '/subscribe', {}, body)
  if (status !== 201) throw new Error(`POST /subscribe answered ${status}`)
  const [, endpoint = ''] = /^<(.*)>; rel="urn:ietf:params:push"$/.exec(
    String(headers.link),
  ) ?? ['']
  const { p256dh, auth } = keys
  return {
    keys,
    /** Where to collect. */
    path: String(headers.location),
    /** Where to post. */
    push: new URL(endpoint).pathname,
    subscription: { endpoint, keys: { p256dh, auth } },
  }
}

/** Sends a message as application servers do. Resolves with the status. */
export async function send(
  rig: Rig,
  subscription: webpush.PushSubscription,
  text: string,
  options: webpush.RequestOptions = {},
): Promise<number> {
  const { agent } = rig
  try {
    const sent = await webpush.sendNotification(subscription, text, {
      TTL: 60,
      contentEncoding: 'aes128gcm',
      agent,
      ...options,
    })
    return sent.statusCode
  } catch (error) {
    return (error as webpush.WebPushError).statusCode
  }
}

/** Begins to collect over HTTP/2 with push, on a session of its own. Each item is what was pushed. */
export async function collect(
  rig: Rig,
  path: string,
  headers: OutgoingHttpHeaders = {},
) {
  const session = rig.connect()
  const pushed: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] =
    []
  session.on('stream', (stream: ClientHttp2Stream, promise) => {
    stream.once('push', async (headers: IncomingHttpHeaders) => {
      const body = await buffer(stream)
      pushed.push({ path: String(promise[':path']), headers, body })
    })
  })
  const held = session.request({ ':path': path, ...headers })
  held.on('error', () => {}) // 'close' follows.
  const [told] = (await event(held, 'response')) as [IncomingHttpHeaders]
  held.resume()
  return { held, status: told[':status'], pushed }
}
