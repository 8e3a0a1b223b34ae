// The hash by which a client knows a certificate that no authority signed.
// https://www.w3.org/TR/webtransport/#dom-webtransportoptions-servercertificatehashes

import { createHash, X509Certificate } from 'node:crypto'

/** SHA-256 of a certificate: of its bytes (DER), or of its first one as PEM. */
export function certificateHash(certificate: string | Uint8Array): Buffer {
  const { raw } = new X509Certificate(certificate)
  return createHash('sha256').update(raw).digest()
}
