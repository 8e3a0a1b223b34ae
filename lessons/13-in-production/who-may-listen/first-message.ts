// A WebSocket whose first frame says who is there. Until then it is a connection
// of nobody, and costs as much as one of somebody.

import { once } from 'node:events'

import { type WebSocket, WebSocketServer } from 'ws'

import { carrier } from '../../05-websocket/carry.ts'
import { upgradeRequired } from '../../05-websocket/upgrade-required.ts'
import type { Feed } from '../../feed.ts'
import type { LessonServer } from '../../lesson.ts'
import { httpServer } from '../../shared/http-server.ts'
import { Refusal } from '../../shared/refusal.ts'
import { afterOf } from '../../shared/router.ts'
import { endAt, expired } from './only-with.ts'
import type { Claims } from './token.ts'

export interface FirstMessageOptions {
  /** How long one may take to say it. */
  readonly patienceMs: number
  /** How many may be asked at a time. */
  readonly most: number
}

/** @param check throws a Refusal for what is not good */
export function serveAfterFirstMessage(
  feed: Feed,
  check: (credential: string) => Claims,
  { patienceMs, most }: FirstMessageOptions,
): LessonServer {
  const carry = carrier(feed, { heartbeatMs: 15_000 })
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: 4_096,
    // Else a second frame would be told before anybody listens for it.
    allowSynchronousEvents: false,
  })
  let asked = 0

  // #region first-message
  return httpServer(
    undefined,
    {},
    upgradeRequired(feed),
    (request, socket, head, gone) => {
      if (asked >= most)
        throw new Refusal(503, 'Too many have yet to say who they are.', {
          'retry-after': '5',
        })
      const cursor = feed.locate(afterOf(request))
      webSockets.handleUpgrade(request, socket, head, async (webSocket) => {
        asked++
        // A bad frame of somebody who was refused must not end the process.
        webSocket.on('error', () => {})
        try {
          const claims = check(await firstMessage(webSocket, patienceMs))
          endAt(claims.expiresMs, socket)
        } catch (error) {
          return webSocket.close(expired, (error as Error).message)
        } finally {
          asked--
        }
        await carry(webSocket, { request, socket, cursor, gone })
      })
    },
  )
  // #endregion first-message
}

/** @throws Error when it does not come in time */
async function firstMessage(
  webSocket: WebSocket,
  patienceMs: number,
): Promise<string> {
  const late = AbortSignal.timeout(patienceMs)
  const left = new AbortController()
  webSocket.once('close', () => left.abort())
  const signal = AbortSignal.any([late, left.signal])
  try {
    const [data] = await once(webSocket, 'message', { signal })
    return `${data}`
  } catch {
    throw new Error('Say who you are, in the first message.')
  }
}
