// A WebSocket of the package `ws` on a stream of HTTP/2. `ws` has no door for
// that: this file, and no other, uses what it keeps to itself. Written for ws
// 8.23.0, which is pinned; `web-socket-on-stream.test.ts` tells if another
// version does otherwise.

import { constants, type Http2Stream } from 'node:http2'

import { WebSocket } from 'ws'

export interface StreamOptions {
  /** Which end this is: a client masks what it sends, a server does not. */
  is: 'client' | 'server'
  /** The largest message to take, in bytes: 100 MiB. */
  maxPayload?: number
  /** How long the other end may take over its part of closing: 30 s. */
  closeTimeoutMs?: number
}

/** `ws` sets these where it opens a WebSocket itself, and nobody does here. */
const limits = {
  allowSynchronousEvents: true,
  skipUTF8Validation: false,
  maxBufferedChunks: 256 * 1024,
  maxFragments: 16 * 1024,
}

/** What is not declared, as it is no part of the API. */
interface Internal extends WebSocket {
  _isServer: boolean
  setSocket(stream: Http2Stream, head: Buffer, options: object): void
}
type Construct = new (
  address: null,
  protocols: undefined,
  options: object,
) => Internal

/**
 * An open WebSocket whose frames travel on `stream`, after the request for it
 * was answered with 200. There is no handshake of RFC 6455 on a stream: no key,
 * no `Sec-WebSocket-Accept`. https://www.rfc-editor.org/rfc/rfc8441.html#section-5
 */
export function webSocketOn(
  stream: Http2Stream,
  {
    is,
    maxPayload = 100 * 1024 * 1024,
    closeTimeoutMs = 30_000,
  }: StreamOptions,
): WebSocket {
  // #region attach
  // Without a close timeout ws waits 1 ms for the answer to its close frame, and
  // a close that was clean ends with 1006. Without autoPong it answers no ping.
  const options = {
    closeTimeout: closeTimeoutMs,
    autoPong: true,
    maxPendingAutoPongs: 60,
  }
  // Without an address it connects to nobody.
  const webSocket = new (WebSocket as unknown as Construct)(
    null,
    undefined,
    options,
  )
  webSocket._isServer = is === 'server'
  webSocket.setSocket(stream, Buffer.alloc(0), { ...limits, maxPayload })
  // #endregion attach

  // It destroys what it stands on. Of a connection that is TCP's RST, and of a
  // stream it has to be RST_STREAM with CANCEL. Node alone would send NO_ERROR,
  // and Node 20 never comes back from that within the end of another stream.
  const terminate = webSocket.terminate.bind(webSocket)
  webSocket.terminate = () => {
    stream.close(constants.NGHTTP2_CANCEL)
    terminate()
  }
  return webSocket
}
