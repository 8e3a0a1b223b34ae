// The application server: it takes subscriptions, follows the feed for each,
// and posts every message to the push service.

import { createHash } from 'node:crypto'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import type { Feed } from '../feed.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { readText } from '../shared/read-text.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf, pathOf, type Routes } from '../shared/router.ts'
import { encodePayload } from './payload.ts'
import { parsePushSubscription } from './push-subscription.ts'
import type { Send } from './sender.ts'
import type { VapidKeys } from './vapid-keys.ts'

export interface ApplicationServerOptions {
  readonly feed: Feed
  readonly send: Send
  readonly keys: VapidKeys
  /** Of the push service beside it. */
  readonly origin: () => string
  readonly log: (line: string) => void
  /** Aborts when the server closes. */
  readonly closing: AbortSignal
}

export function applicationServer({
  feed,
  send,
  keys,
  origin,
  log,
  closing,
}: ApplicationServerOptions): Routes<Http2ServerRequest, Http2ServerResponse> {
  const encode = encodeOnce(encodePayload)
  /** Each ends when its client leaves. */
  const followers = new Map<string, AbortController>()

  function forget(path: string): void {
    followers.get(path)?.abort()
    followers.delete(path)
  }
  closing.addEventListener('abort', () => {
    for (const path of followers.keys()) forget(path)
  })

  return {
    /** What a client needs to know before it subscribes. */
    'GET /messages'(request, response) {
      answer(response, 200, {
        after: feed.locate(afterOf(request)),
        applicationServerKey: keys.publicKey,
        takesVendors: keys.areKept,
      })
    },

    // #region subscriptions
    async 'POST /subscriptions'(request, response) {
      const cursor = feed.locate(afterOf(request))
      const subscription = parsePushSubscription(
        await readText(request, 4_096),
        origin(),
        keys.areKept,
      )
      // Who subscribes again replaces what it had.
      const path = pathFor(subscription.endpoint)
      forget(path)
      const follower = new AbortController()
      if (!closing.aborted) followers.set(path, follower)
      const { signal } = follower
      const following = feed.follow(cursor, signal, async (message) => {
        // One at a time: the next message waits until this one is accepted.
        const wanted = await send(subscription, encode(message), signal)
        if (!wanted && followers.get(path) === follower) forget(path)
      })
      following.catch((error) => log(`A subscription ended: ${error}`))
      answer(response, 201, { after: cursor }, { location: path })
    },
    // #endregion subscriptions

    'DELETE /subscriptions/*'(request, response) {
      forget(pathOf(request))
      response.writeHead(204).end()
    },

    /** The data of a message that was too large for a push. */
    'GET /messages/*'(request, response) {
      const id = pathOf(request).slice('/messages/'.length)
      const message = feed.find(id)
      if (message === undefined)
        throw new Refusal(
          404,
          'There is no such message here, or not any more.',
        )
      response.writeHead(200, {
        'content-type': 'text/plain; charset=utf-8',
        'content-length': Buffer.byteLength(message.data),
      })
      response.end(message.data)
    },
  }
}

function pathFor(endpoint: string): string {
  const name = createHash('sha256').update(endpoint).digest('base64url')
  return `/subscriptions/${name}`
}

function answer(
  response: Http2ServerResponse,
  status: number,
  value: object,
  headers: Record<string, string> = {},
): void {
  const body = `${JSON.stringify(value)}\n`
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}
