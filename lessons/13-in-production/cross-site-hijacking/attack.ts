// What a browser sends for the attacker's page, without a browser.

import { WebSocket } from 'ws'

/** Opens the victim's page, and keeps its cookie. */
export async function login(victim: URL): Promise<string> {
  const { headers } = await fetch(victim)
  return headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** @returns the status of the answer to a page of `origin`: 101 lets it read */
export function openFrom(
  origin: URL,
  victim: URL,
  cookie: string,
): Promise<number> {
  const webSocket = new WebSocket(new URL('/messages', victim), {
    headers: { cookie },
    origin: origin.origin,
  })
  webSocket.on('error', () => {}) // The answer says it.
  return new Promise<number>((resolve) => {
    webSocket.on('open', () => resolve(101))
    webSocket.on('unexpected-response', (_, { statusCode }) =>
      resolve(statusCode ?? 0),
    )
  }).finally(() => webSocket.terminate())
}
