// The push service: what a browser's vendor runs. It keeps messages that it
// cannot read, and pushes them to whoever collects.
// https://www.rfc-editor.org/rfc/rfc8030.html

import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import { encodeLine } from '../03-http-streaming/json-lines.ts'
import { push } from '../06-http2-server-push/push.ts'
import { every } from '../shared/every.ts'
import { readBytes, readText } from '../shared/read-text.ts'
import { Refusal } from '../shared/refusal.ts'
import { pathOf, type Routes } from '../shared/router.ts'
import { Mailbox, type Waiting } from './mailbox.ts'
import { Names } from './names.ts'
import { maxPushBytes } from './payload.ts'
import { isImpatient, parsePushHeaders, parseUrgency } from './push-headers.ts'
import { VapidCheck } from './vapid-check.ts'

/** "A push service MAY retain a message for a shorter time." Four weeks is the usual limit. */
const maxTtlSeconds = 28 * 24 * 3_600

const maxSubscriptions = 10_000

export interface PushServiceOptions {
  /** Its own origin, as the application server reaches it. */
  readonly origin: () => string
  /** How often a held answer carries a sign of life. */
  readonly heartbeatMs: number
  /** How long a subscription lives that nobody collects: 10 minutes, where a vendor's lives for weeks. */
  readonly lifeMs?: number
  /** Aborts when the server closes. */
  readonly closing: AbortSignal
}

export function pushService({
  origin,
  heartbeatMs,
  lifeMs = 600_000,
  closing,
}: PushServiceOptions): Routes<Http2ServerRequest, Http2ServerResponse> {
  const names = new Names()
  const vapid = new VapidCheck()
  /** By each of its paths. */
  const mailboxes = new Map<string, Mailbox>()

  /** @throws Refusal 404 for what never was, 410 for what is gone */
  function find(path: string): Mailbox {
    const mailbox = mailboxes.get(path)
    if (mailbox) return mailbox
    throw names.isOurs(path.slice(path.lastIndexOf('/') + 1))
      ? new Refusal(
          410,
          'The subscription is gone: nobody wants its messages any more. Forget it.',
        )
      : new Refusal(404, 'There has never been such a subscription here.')
  }

  function findMessage(path: string): { mailbox: Mailbox; number: number } {
    const [base = '', number] = path.split('.')
    return { mailbox: find(base), number: Number(number) }
  }

  function remove(mailbox: Mailbox): void {
    clearTimeout(mailbox.expiry)
    for (const path of Object.values(mailbox.paths)) mailboxes.delete(path)
    mailbox.endCollection()
  }

  function expireLater(mailbox: Mailbox): void {
    if (closing.aborted) return
    clearTimeout(mailbox.expiry)
    mailbox.expiry = setTimeout(() => {
      if (mailbox.isCollected) expireLater(mailbox)
      else remove(mailbox)
    }, lifeMs).unref()
  }
  closing.addEventListener('abort', () => {
    for (const mailbox of mailboxes.values()) clearTimeout(mailbox.expiry)
  })

  return {
    // #region subscribe
    async 'POST /subscribe'(request, response) {
      const vapidKey = parseVapidKey(await readText(request, 1_024))
      if (mailboxes.size >= 3 * maxSubscriptions)
        throw new Refusal(
          429,
          `There are ${maxSubscriptions} subscriptions, and no room for more. Come back later.`,
          { 'retry-after': '60' },
        )
      const paths = {
        subscription: `/subscription/${names.make()}`,
        push: `/push/${names.make()}`,
        message: `/message/${names.make()}`,
      }
      const mailbox = new Mailbox(paths, vapidKey)
      for (const path of Object.values(paths)) mailboxes.set(path, mailbox)
      expireLater(mailbox)
      const endpoint = origin() + paths.push
      response.writeHead(201, {
        location: paths.subscription, // For the receiver alone.
        link: `<${endpoint}>; rel="urn:ietf:params:push"`, // To be passed on.
      })
      response.end()
    },
    // #endregion subscribe

    // #region push
    async 'POST /push/*'(request, response) {
      const { headers } = request
      const mailbox = find(pathOf(request))
      const rule = { audience: origin(), key: mailbox.vapidKey }
      vapid.check(headers.authorization, rule)
      const wishes = parsePushHeaders(headers)
      const ttlSeconds = Math.min(wishes.ttlSeconds, maxTtlSeconds)
      const body = await readBytes(request, maxPushBytes)
      const number = mailbox.put(body, { ...wishes, ttlSeconds })
      // Accepted, and no more: whether it arrives, nobody says.
      const location = `${mailbox.paths.message}.${number}`
      response.writeHead(201, { location, ttl: ttlSeconds }).end()
    },
    // #endregion push

    // #region collect
    async 'GET /subscription/*'(request, response, gone) {
      const mailbox = find(pathOf(request))
      const least = parseUrgency(request.headers, 'very-low')
      // Not waited for: the mailbox bounds what is on its way.
      const deliver = (message: Waiting) => {
        const path = `${mailbox.paths.message}.${message.number}`
        const { stream } = response // None over HTTP/1.1.
        if (stream?.pushAllowed)
          push(stream, path, headersOf(message), message.body)
        // Without push: say where it is, and let the client ask.
        else response.write(encodeLine({ path }))
      }

      if (isImpatient(request.headers)) {
        const messages = mailbox.waiting(least)
        response.statusCode = messages.length === 0 ? 204 : 200
        for (const message of messages) deliver(message)
      } else {
        // RFC 8030 leaves the request unanswered. An answer that has begun
        // tells the client that it is heard, and carries signs of life.
        response.writeHead(200)
        every(heartbeatMs, gone, () => response.write('\n'))
        response.write('\n')
        for await (const message of mailbox.collect(gone, least))
          deliver(message)
        expireLater(mailbox)
      }
      response.end()
    },
    // #endregion collect

    'GET /message/*'(request, response) {
      const { mailbox, number } = findMessage(pathOf(request))
      const message = mailbox.find(number)
      response.writeHead(200, {
        'content-length': message.body.length,
        ...headersOf(message),
      })
      response.end(message.body)
    },

    // #region acknowledge
    'DELETE /message/*'(request, response) {
      const { mailbox, number } = findMessage(pathOf(request))
      mailbox.acknowledge(number)
      response.writeHead(204).end()
    },
    // #endregion acknowledge

    'DELETE /subscription/*'(request, response) {
      remove(find(pathOf(request)))
      response.writeHead(204).end()
    },
  }
}

function headersOf({ isEncrypted, urgency }: Waiting) {
  return {
    'cache-control': 'no-store',
    'content-type': 'application/octet-stream',
    urgency,
    ...(isEncrypted && { 'content-encoding': 'aes128gcm' }),
  }
}

/**
 * The key to which a subscription is restricted, if the receiver names one.
 * https://www.rfc-editor.org/rfc/rfc8292.html#section-4.1
 *
 * @throws Refusal (400)
 */
function parseVapidKey(body: string): string | undefined {
  if (body === '') return undefined
  try {
    const { vapid } = Object(JSON.parse(body))
    const bytes = Buffer.from(String(vapid), 'base64url')
    if (bytes.length === 65 && bytes[0] === 4)
      return bytes.toString('base64url')
  } catch {
    // No JSON: refused below.
  }
  throw new Refusal(
    400,
    'The body must be empty, or {"vapid": <public key of P-256, 65 bytes in base64url>}, got something else.',
  )
}
