// How the Node client opens a session: by the hash of the certificate, as
// browsers do with a certificate that no authority signed.

import { text } from 'node:stream/consumers'

import type { SubscribeOptions } from '../lesson.ts'
import { beforeDeadline } from '../shared/alive.ts'
import { ConnectionError, connectionError } from '../shared/connection-error.ts'
import { open } from '../shared/http-client.ts'
import { refused } from '../shared/refused.ts'
import { certificateHash } from './certificate-hash.ts'
import { codes } from './http3/errors.ts'
import { Http3Connection } from './http3/http3-connection.ts'
import type { Field } from './http3/qpack.ts'
import { settingIds } from './http3/settings.ts'
import type { WebTransportSession } from './http3/web-transport-session.ts'
import type { CertificateAnswer } from './messages.ts'
import { noticeDeath } from './notice-death.ts'
import { connectQuic, handshake } from './quic/connect-quic.ts'

/** How long a server may take to open a session. */
const longestMs = 10_000

/** A session that is open, and the way to end it with its connection. */
export interface OpenSession {
  readonly session: WebTransportSession
  close(): void
}

/**
 * Opens a session.
 *
 * @param url of the server, over TCP
 * @param from of the session
 * @throws SubscribeError when the server refuses
 * @throws ConnectionError when there is no answer
 */
export async function connect(
  url: URL,
  from: URL,
  options: SubscribeOptions,
): Promise<OpenSession> {
  const { signal, ca, heartbeatMs = 15_000 } = options
  const limitMs = Math.min(longestMs, 2 * heartbeatMs)
  const told = await askHash(url, signal)
  const hash = ca === undefined ? told : certificateHash(ca)

  const quic = await connectQuic(url, 2 * heartbeatMs)
  const http3 = new Http3Connection(quic)
  noticeDeath(quic, heartbeatMs)
  const leave = () => quic.close(codes.H3_NO_ERROR)
  signal?.addEventListener('abort', leave)
  quic.once('close', () => signal?.removeEventListener('abort', leave))
  if (signal?.aborted) leave()
  try {
    const opening = openSession(http3, from, hash)
    const session = await beforeDeadline(opening, limitMs)
    return {
      session,
      close() {
        session.close()
        leave()
      },
    }
  } catch (error) {
    leave()
    throw error
  }
}

async function openSession(
  http3: Http3Connection,
  url: URL,
  hash: Buffer,
): Promise<WebTransportSession> {
  await handshake(http3.quic)
  const { peerCertificate } = http3.quic
  if (!peerCertificate || !certificateHash(peerCertificate).equals(hash))
    throw new ConnectionError(
      `the certificate of ${url.host} is not the one that was announced`,
    )
  try {
    const settings = await http3.settings
    if (settings.get(settingIds.ENABLE_CONNECT_PROTOCOL) !== 1)
      throw new ConnectionError(`${url.host} speaks no WebTransport`)
    const exchange = await http3.request(requestFor(url))
    const { ':status': status, ...headers } = exchange.headers
    if (Number(status) < 400) return http3.openSession(exchange)
    const reason = await text(exchange.body)
    throw refused(url, Number(status), reason, (name) => headers[name])
  } catch (error) {
    throw error instanceof Error && error.name === 'SubscribeError'
      ? error
      : connectionError(error)
  }
}

/** https://www.ietf.org/archive/id/draft-ietf-webtrans-http3-07.html#section-3.3 */
function requestFor({ host, pathname, search }: URL): Field[] {
  return [
    [':method', 'CONNECT'],
    [':scheme', 'https'],
    [':authority', host],
    [':path', pathname + search],
    [':protocol', 'webtransport'],
    ['sec-webtransport-http3-draft02', '1'],
  ]
}

/** Over TCP, where plain HTTP is: it knows which certificate QUIC has. */
async function askHash(url: URL, signal?: AbortSignal): Promise<Buffer> {
  const from = new URL('/certificate', url)
  const answer = await open(from, { signal, agent: false })
  try {
    const { sha256 }: CertificateAnswer = JSON.parse(await text(answer))
    return Buffer.from(sha256, 'hex')
  } catch (error) {
    throw connectionError(error)
  }
}
