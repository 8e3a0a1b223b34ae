// CORS's question before the question: may this page send such a request?

import type { IncomingHttpHeaders } from 'node:http'

/** What a server here reads of a request that a page cannot send unasked. */
const readable = 'content-type, if-none-match, last-event-id'

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function isPreflight(
  method: string | undefined,
  headers: IncomingHttpHeaders,
): boolean {
  return method === 'OPTIONS' && 'access-control-request-method' in headers
}

/**
 * The headers of the answer, for an origin that may talk to this server: see
 * `refuseForeign`.
 *
 * @param methods what the path takes, such as `GET, POST`
 */
export function preflightHeaders(
  headers: IncomingHttpHeaders,
  methods: string,
): Record<string, string> {
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': readable,
    ...(asksForThisMachine(headers) && {
      'access-control-allow-private-network': 'true',
      'access-control-allow-local-network': 'true',
    }),
  }
}

/**
 * Some versions of Chrome ask so for a site of the internet, under either name;
 * newer ones ask the user instead.
 * https://developer.chrome.com/blog/private-network-access-preflight
 * https://developer.chrome.com/blog/local-network-access
 */
function asksForThisMachine(headers: IncomingHttpHeaders): boolean {
  return (
    headers['access-control-request-private-network'] === 'true' ||
    headers['access-control-request-local-network'] === 'true'
  )
}
