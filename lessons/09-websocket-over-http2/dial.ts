// Opening a WebSocket on a session that others share.

import { type ClientHttp2Stream, constants } from 'node:http2'

import type { WebSocket } from 'ws'

import { webSocketUrl } from '../05-websocket/frames.ts'
import { SubscribeError, type SubscribeOptions } from '../lesson.ts'
import { beforeDeadline } from '../shared/alive.ts'
import { connectionError } from '../shared/connection-error.ts'
import { ask, opened } from '../shared/http2-client.ts'
import type { SessionPool } from '../shared/session-pool.ts'
import { unlessAborted } from '../shared/unless-aborted.ts'
import { webSocketOn } from './web-socket-on-stream.ts'

/** How long a server may take to tell its SETTINGS. */
const settingsMs = 10_000

/**
 * Asks for a WebSocket by extended CONNECT.
 *
 * @throws SubscribeError when the server refuses, or takes no such request
 * @throws ConnectionError when it does not answer
 */
export async function dial(
  pool: SessionPool,
  url: URL,
  after: string | undefined,
  options: SubscribeOptions,
): Promise<WebSocket> {
  const { signal } = options
  const lease = pool.lease(url, options)
  let stream: ClientHttp2Stream | undefined
  const cancel = () => stream?.close(constants.NGHTTP2_CANCEL)
  try {
    // #region dial
    const told = beforeDeadline(lease.settings, settingsMs)
    const { enableConnectProtocol } = await unlessAborted(told, signal)

    const { pathname, search } = webSocketUrl(url, after)
    stream = ask(lease.session, {
      ':path': pathname + search,
      // Without that setting, a plain request: its answer may say why.
      ...(enableConnectProtocol && {
        ':method': 'CONNECT',
        ':protocol': 'websocket',
        'sec-websocket-version': '13',
      }),
    })
    // #endregion dial
    stream.once('close', lease.release)
    signal?.addEventListener('abort', cancel)
    const answer = opened(url, stream)
    if (!enableConnectProtocol) throw await whyNot(url, answer)
    const { ':status': status } = await answer
    if (Number(status) !== 200) throw notOpened(url, Number(status))
    if (stream.destroyed) throw connectionError('the stream closed')
    return webSocketOn(stream, { is: 'client', closeTimeoutMs: 1_000 })
  } catch (error) {
    if (stream === undefined) lease.release()
    cancel()
    throw error
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

/** A refusal that says more, or that the server has to be told to take it. */
async function whyNot(
  { origin }: URL,
  answer: Promise<unknown>,
): Promise<SubscribeError> {
  const refusal = await answer.catch((error) => error)
  if (refusal instanceof SubscribeError && refusal.status !== 426)
    return refusal
  return new SubscribeError(
    `${origin} takes no WebSocket over HTTP/2: its SETTINGS have no ENABLE_CONNECT_PROTOCOL. Ask for one by HTTP/1.1, as lesson 05 does.`,
    405,
  )
}

function notOpened(url: URL, status: number): SubscribeError {
  return new SubscribeError(
    `${url} must answer 200 to a request for a WebSocket, got ${status}.`,
    status,
  )
}
