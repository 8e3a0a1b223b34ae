// What one end of QUIC announces to the other: how much it may send, and how
// many streams it may open.

import type { Certificate } from '../../lesson.ts'
import { type Config, loadQuiche } from './quiche.ts'

/** Streams of each kind that the peer may have open at a time. */
export const maxStreams = 100

/** What a stream may hold that nobody has read, in bytes: the sender waits then. */
const maxStreamBytes = 1024 * 1024

/** What all streams of a connection may hold together. */
const maxConnectionBytes = 4 * maxStreamBytes

/** What the system may keep for a socket whose program is busy: what is more is lost, and sent again. */
export const socketBufferBytes = 1024 * 1024

/** What a datagram of UDP carries at most: fits every path that QUIC can use with room for tunnels. */
export const maxPacketBytes = 1_350

/** @param certificate of a server; a client has none */
export function quicConfig(idleMs: number, certificate?: Certificate): Config {
  const { Config } = loadQuiche()
  const pem = (text: string | undefined) =>
    text === undefined ? null : [Buffer.from(text)]
  // A client checks the certificate by itself, against a hash.
  const config = Config.withBoringSslCtx(
    false,
    false,
    null,
    pem(certificate?.key),
    pem(certificate?.cert),
    null,
  )
  config.setApplicationProtos(['h3'])
  config.setMaxIdleTimeout(idleMs)
  config.setInitialMaxData(maxConnectionBytes)
  config.setMaxConnectionWindow(maxConnectionBytes)
  config.setInitialMaxStreamDataBidiLocal(maxStreamBytes)
  config.setInitialMaxStreamDataBidiRemote(maxStreamBytes)
  config.setInitialMaxStreamDataUni(maxStreamBytes)
  config.setMaxStreamWindow(maxStreamBytes)
  config.setInitialMaxStreamsBidi(maxStreams)
  config.setInitialMaxStreamsUni(maxStreams)
  config.setMaxSendUdpPayloadSize(maxPacketBytes)
  // RFC 9221: datagrams. How many may wait to be read, and to be sent.
  config.enableDgram(true, 1_000, 1_000)
  return config
}
