import type { Feed } from '../feed.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf, type Routes } from '../shared/router.ts'

const headers = { upgrade: 'websocket', connection: 'upgrade, close' }

/** Answers a plain request for the subscription: with what is wrong with its cursor, or with 426. */
export function upgradeRequired(feed: Feed): Routes {
  return {
    'GET /messages'(request) {
      feed.locate(afterOf(request))
      throw new Refusal(426, 'Ask for a WebSocket here.', headers)
    },
  }
}
