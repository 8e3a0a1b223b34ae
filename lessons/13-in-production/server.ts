// An event stream for production: that of lesson 04, for clients whom nobody
// knows, behind a proxy, on a server that is deployed again tomorrow.

import {
  encodeEvent,
  heartbeatComment,
} from '../04-server-sent-events/event-stream.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { heartbeat } from '../shared/heartbeat.ts'
import { httpServer } from '../shared/http-server.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { addressOf } from './limits/address.ts'
import { page } from './page.ts'

/** Of one address, at a time. */
const mostSubscriptions = 100

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options
  const encode = encodeOnce(encodeEvent)
  const subscriptions = new Map<string, number>()

  function admit(address: string, gone: AbortSignal): void {
    const count = subscriptions.get(address) ?? 0
    if (count >= mostSubscriptions)
      throw new Refusal(429, 'Too many subscriptions: close one first.', {
        'retry-after': '10',
      })
    subscriptions.set(address, count + 1)
    gone.addEventListener('abort', () => {
      const left = (subscriptions.get(address) ?? 0) - 1
      if (left > 0) subscriptions.set(address, left)
      else subscriptions.delete(address)
    })
  }

  // With `drainMs` it ends its subscriptions one after the other.
  return httpServer(page, options, {
    ...publishRoute(feed, options),

    async 'GET /messages'(request, response, gone) {
      const lastEventId = request.headers['last-event-id']?.toString()
      const cursor = feed.locate(lastEventId ?? afterOf(request))
      admit(addressOf(request), gone)
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      const start = { event: 'start', id: cursor, data: '', retryMs }
      response.write(encodeEvent(start))
      heartbeat(response, heartbeatMs, gone, heartbeatComment)
      await feed.follow(cursor, gone, (message) => {
        const hasRoom = response.write(encode(message))
        if (!hasRoom) return drained(response, gone)
      })
      response.end()
    },
  })
}
