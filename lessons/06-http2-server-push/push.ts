import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2'

/**
 * Pushes a resource: sends PUSH_PROMISE on `stream`, then the answer to the
 * promised request on a stream of its own. Resolves when that stream is closed,
 * all of it sent or refused by the client.
 *
 * Ask `stream.pushAllowed` first: to a client that announced ENABLE_PUSH=0,
 * `pushStream` throws and does not call back.
 * https://www.rfc-editor.org/rfc/rfc9113.html#section-8.4
 */
export function push(
  stream: ServerHttp2Stream,
  path: string,
  headers: OutgoingHttpHeaders,
  content: string | Uint8Array,
): Promise<void> {
  // #region push
  return new Promise((resolve) => {
    stream.pushStream({ ':path': path }, (error, pushed) => {
      // The connection is gone, by now or since it was told to send.
      if (error || pushed.destroyed) return resolve()
      pushed.once('close', resolve)
      pushed.on('error', () => {}) // The client may refuse what it did not ask for.
      const length = Buffer.byteLength(content)
      pushed.respond({ ':status': 200, 'content-length': length, ...headers })
      pushed.end(content)
    })
  })
  // #endregion push
}
