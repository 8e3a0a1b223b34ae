import { every } from '../shared/every.ts'
import type { QuicConnection } from './quic/quic-connection.ts'

/**
 * Asks the peer for a sign of life every `heartbeatMs`, and breaks the
 * connection when nothing has come by the next time.
 *
 * QUIC has an idle timeout of its own, which starts anew with what this side
 * sends: that alone would notice a dead peer later.
 * https://www.rfc-editor.org/rfc/rfc9000.html#section-10.1
 */
export function noticeDeath(quic: QuicConnection, heartbeatMs: number): void {
  const gone = new AbortController()
  quic.once('close', () => gone.abort())
  let seen = -1
  every(heartbeatMs, gone.signal, () => {
    // After what has come meanwhile, and waits to be read.
    setImmediate(() => {
      if (quic.bytesRead === seen) return quic.destroy()
      seen = quic.bytesRead
      quic.ping()
    })
  })
}
