// What the text frames of this lesson hold. Runs in Node and in browsers.

import type { Message } from '../feed.ts'
import type { Arrival } from '../shared/resuming.ts'

export function encodeMessage({ id, data }: Message): string {
  return JSON.stringify({ id, data })
}

/** The first frame of every connection: where it starts. */
export function encodeGreeting(cursor: string): string {
  const hello = 'Welcome. Every text you send is published to all.'
  return JSON.stringify({ id: cursor, hello })
}

/** Browsers do not show pings to a page: this frame is one that they show. */
export const heartbeatFrame = '{}'

/** @throws SyntaxError when the frame is not JSON */
export function decodeFrame(frame: string): Arrival {
  return JSON.parse(frame)
}

/** The address of the subscription: a WebSocket cannot send a header of its own from a browser. */
export function webSocketUrl(url: URL, after: string | undefined): URL {
  const from = new URL('/messages', url)
  from.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  if (after !== undefined) from.searchParams.set('after', after)
  return from
}
