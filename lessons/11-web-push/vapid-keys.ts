// The application server's side of RFC 8292: its key pair, and the tokens it
// signs.

import { readFileSync } from 'node:fs'

import webpush from 'web-push'

/** A new token is signed when the last one is this old; each is valid for 12 hours. */
const renewMs = 6 * 3_600_000

/** Whom a push service may ask when it does not like what it gets. */
const defaultSubject = 'mailto:workbook@example.com'

export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
  readonly subject: string
  /** Whether they stay the same when the server restarts. */
  readonly areKept: boolean
}

/**
 * The keys that the reader has put beside the certificate, where git ignores
 * them; without, new ones at every start.
 *
 * @throws Error that says what is wrong with the file
 */
export function loadVapidKeys(
  file = new URL('../../.certificate/vapid.json', import.meta.url),
): VapidKeys {
  const kept = read(file)
  if (kept === undefined)
    return {
      ...webpush.generateVAPIDKeys(),
      subject: defaultSubject,
      areKept: false,
    }
  try {
    const { publicKey, privateKey, subject = defaultSubject } = JSON.parse(kept)
    // Takes no keys that are none: signs once, for nobody.
    webpush.getVapidHeaders(
      'https://push.example',
      subject,
      publicKey,
      privateKey,
      'aes128gcm',
    )
    return { publicKey, privateKey, subject, areKept: true }
  } catch {
    // Its own message could hold a part of the file.
    throw new Error(
      `${file.pathname} must hold what "npx web-push generate-vapid-keys --json" prints, got something else. Make it anew, or remove it.`,
    )
  }
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // There is none: the usual case.
  }
}

/**
 * The header `Authorization` for each push service. `sendNotification` would
 * sign a token for each message, and the service verify each of them; one is
 * good for every message to the same origin until it expires.
 */
export function authorizer(
  { subject, publicKey, privateKey }: VapidKeys,
  now = Date.now,
): (audience: string) => string {
  const signed = new Map<string, { header: string; atMs: number }>()
  return (audience) => {
    const last = signed.get(audience)
    if (last && now() - last.atMs < renewMs) return last.header
    const { Authorization: header } = webpush.getVapidHeaders(
      audience,
      subject,
      publicKey,
      privateKey,
      'aes128gcm',
    )
    signed.set(audience, { header, atMs: now() })
    return header
  }
}
