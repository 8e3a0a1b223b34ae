// Where in a request for a subscription the secret may stand that says who asks.

import type { IncomingMessage } from 'node:http'

// #region credentials
type CredentialOf = (request: IncomingMessage) => string | undefined

/** The browser sends it by itself: with every request, whoever has made it ask. */
export const cookie: CredentialOf = ({ headers }) =>
  /(?:^|; )session=([^;]*)/.exec(headers.cookie ?? '')?.[1]

/** What an `EventSource` and a `WebSocket` can be given: a URL. */
export const ticket: CredentialOf = ({ url }) =>
  new URLSearchParams(url?.split('?')[1]).get('ticket') ?? undefined

/** `new WebSocket(url, ['messages', 'bearer.' + token])`, which `ws` answers with the first. */
export const subprotocol: CredentialOf = ({ headers }) =>
  headers['sec-websocket-protocol']
    ?.split(',')
    .map((name) => name.trim())
    .find((name) => name.startsWith('bearer.'))
    ?.slice('bearer.'.length)

/** `fetch` can send it, as any client outside of a browser can. */
export const header: CredentialOf = ({ headers }) =>
  /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
// #endregion credentials

export type { CredentialOf }
