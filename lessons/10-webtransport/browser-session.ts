// What a page has to do around a session: know the certificate before, find out
// why it was refused, and end it in every state.

import { SubscribeError } from '../lesson.ts'
import { beforeDeadline } from '../shared/alive.ts'
import { connectionError } from '../shared/connection-error.ts'
import { askWhy, fetchOpen } from '../shared/fetch-client.ts'
import type { CertificateAnswer } from './messages.ts'

/** SHA-256 of the certificate that the server has for QUIC: told over TCP, where the page came from. */
export async function askHash(
  url: URL,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetchOpen(new URL('/certificate', url), { signal })
  try {
    const { sha256 }: CertificateAnswer = await answer.json()
    const pairs = sha256.match(/../g) ?? []
    return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
  } catch (error) {
    throw connectionError(error) // It broke off.
  }
}

/**
 * Resolves when the session is open.
 *
 * @throws SubscribeError when the server refuses it
 * @throws ConnectionError when it does not open
 */
export async function opened(
  session: WebTransport,
  url: URL,
  limitMs: number,
  signal?: AbortSignal,
): Promise<void> {
  session.closed.catch(() => {}) // Whoever reads a stream of it is told.
  try {
    await beforeDeadline(session.ready, limitMs)
  } catch (error) {
    throw await whyRefused(url, error, signal)
  }
}

/** The browser keeps the answer from the page. Plain HTTP at the same address answers a plain request. */
async function whyRefused(
  { host, pathname, search }: URL,
  error: unknown,
  signal?: AbortSignal,
): Promise<Error> {
  const plain = new URL(`http://${host}${pathname}${search}`)
  const reason = await askWhy(plain, signal)
  // "Misdirected Request": it would take a session, so another attempt may help.
  const isWilling = reason instanceof SubscribeError && reason.status === 421
  return isWilling ? connectionError(error) : reason
}

/** Ends a session, whatever state it is in. */
export function end(session: WebTransport): void {
  try {
    session.close()
  } catch {
    // It has failed, or is closed already.
  }
}
