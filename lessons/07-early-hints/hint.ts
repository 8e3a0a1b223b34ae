import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2'

// #region hint
/**
 * Sends a 103 on a request that has no final answer yet. A server may send any
 * number of them; a client that has left gets none.
 * https://www.rfc-editor.org/rfc/rfc8297.html#section-2
 */
export function hint(
  stream: ServerHttp2Stream,
  headers: OutgoingHttpHeaders = {},
): void {
  // Node would throw.
  if (stream.closed || stream.destroyed || stream.headersSent) return
  stream.additionalHeaders({ ':status': 103, ...headers })
}
// #endregion hint
