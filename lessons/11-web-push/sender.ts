// Sends messages to push services with the package `web-push`, which encrypts
// them: RFC 8030 and RFC 8291.

import https from 'node:https'

import webpush, { type WebPushError } from 'web-push'

import { beforeDeadline } from '../shared/alive.ts'
import { Backoff } from '../shared/backoff.ts'
import { retryAfterMs } from '../shared/refused.ts'
import { sleep } from '../shared/sleep.ts'
import type { PushSubscription } from './push-subscription.ts'
import { authorizer, type VapidKeys } from './vapid-keys.ts'

/** How long a push service may take to answer. */
const answerMs = 10_000

/** The first delay before another attempt; the service may want a longer one. */
const retryMs = 50

/** How long a message may wait for its receiver. */
const ttlSeconds = 3_600

export interface SenderOptions {
  readonly keys: VapidKeys
  /** The push service beside us, and the certificate by which to know it. */
  readonly own: { readonly origin: () => string; readonly ca: string }
  readonly log: (line: string) => void
  /** Aborts when the server closes. */
  readonly closing: AbortSignal
}

/** Resolves with whether the receiver still wants messages. */
export type Send = (
  subscription: PushSubscription,
  text: string,
  signal: AbortSignal,
) => Promise<boolean>

export function sender({ keys, own, log, closing }: SenderOptions): Send {
  const authorize = authorizer(keys)
  const ownAgent = new https.Agent({
    ca: own.ca,
    servername: 'localhost', // The certificate's name, whatever the address.
    keepAlive: true,
    maxSockets: 16,
    timeout: 1_000, // Then an idle connection is closed.
  })
  closing.addEventListener('abort', () => ownAgent.destroy())

  async function post(subscription: PushSubscription, text: string) {
    const { origin } = new URL(subscription.endpoint)
    // #region send
    await webpush.sendNotification(subscription, text, {
      TTL: ttlSeconds,
      headers: { Authorization: authorize(origin) },
      contentEncoding: 'aes128gcm',
      ...(origin === own.origin() && { agent: ownAgent }),
    })
    // #endregion send
  }

  return async (subscription, text, signal) => {
    const backoff = new Backoff(retryMs)
    while (!signal.aborted) {
      try {
        // `sendNotification` waits for ever when an answer breaks off.
        await beforeDeadline(post(subscription, text), answerMs)
        return true
      } catch (error) {
        // #region answers
        const { statusCode, headers, message } = error as Partial<WebPushError>
        if (statusCode === 404 || statusCode === 410) return false
        if (!isTemporary(statusCode)) {
          log(`A push service refused a message for good: ${statusCode}.`)
          return false
        }
        const wishMs = retryAfterMs(headers?.['retry-after']) ?? 0
        // #endregion answers
        if (signal.aborted) break
        if (statusCode === undefined) log(`A push failed: ${message}`)
        await sleep(Math.max(wishMs, backoff.next()), signal)
      }
    }
    return false
  }
}

/** No answer, too many messages, or trouble of the service's own. */
function isTemporary(status: number | undefined): boolean {
  return status === undefined || status === 429 || status >= 500
}
