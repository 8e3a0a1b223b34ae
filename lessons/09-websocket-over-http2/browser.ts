// WebSocket over HTTP/2 in the browser: the same `new WebSocket`, and so the same
// file as in lesson 05, with one request before it.

import { subscribe as subscribeOnAny } from '../05-websocket/browser.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { fetchOpen } from '../shared/fetch-client.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal } = options

  // #region knock
  // A browser puts a WebSocket on the connection of HTTP/2 that it has to this
  // origin. If it has none, as after a break, it opens one of HTTP/1.1 for each.
  // So ask for something first, with cookies, as a WebSocket is: browsers keep
  // requests without them on connections apart.
  const knock = () =>
    fetchOpen(new URL('/', url), {
      method: 'HEAD',
      mode: 'no-cors',
      credentials: 'include',
      signal,
    })
  // #endregion knock

  return subscribeOnAny(url, options, knock)
}
