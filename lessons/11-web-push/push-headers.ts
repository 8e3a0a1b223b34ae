// The headers with which an application server says how a message is to be
// treated: https://www.rfc-editor.org/rfc/rfc8030.html#section-5

import type { IncomingHttpHeaders } from 'node:http'

import { Refusal } from '../shared/refusal.ts'

const urgencies = ['very-low', 'low', 'normal', 'high'] as const

export type Urgency = (typeof urgencies)[number]

export interface PushHeaders {
  /** How long the message may wait for its receiver. */
  readonly ttlSeconds: number
  readonly urgency: Urgency
  /** A newer message with the same topic takes the place of one that waits. */
  readonly topic: string | undefined
  /** Whether the body is encrypted as RFC 8291 says. */
  readonly isEncrypted: boolean
}

/** @throws Refusal (400, 415) that names the header and what it should be */
export function parsePushHeaders(headers: IncomingHttpHeaders): PushHeaders {
  const { ttl, topic, 'content-encoding': coding } = headers
  // "An application server MUST include the TTL header field."
  if (typeof ttl !== 'string' || !/^\d{1,10}$/.test(ttl))
    throw new Refusal(
      400,
      `TTL must be a number of seconds, got ${quoted(ttl)}. It says how long the message may wait.`,
    )
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic)))
    throw new Refusal(
      400,
      `Topic must be 1 to 32 of A-Z, a-z, 0-9, - and _, got ${quoted(topic)}.`,
    )
  if (coding !== undefined && coding !== 'aes128gcm')
    throw new Refusal(
      415,
      `Content-Encoding must be aes128gcm (RFC 8291), got ${quoted(coding)}.`,
    )
  return {
    ttlSeconds: Number(ttl),
    urgency: parseUrgency(headers, 'normal'),
    topic: topic?.toString(),
    isEncrypted: coding !== undefined,
  }
}

/** @throws Refusal (400) */
export function parseUrgency(
  { urgency = '' }: IncomingHttpHeaders,
  otherwise: Urgency,
): Urgency {
  if (urgency === '') return otherwise
  const known = urgencies.find((one) => one === urgency)
  if (known !== undefined) return known
  throw new Refusal(
    400,
    `Urgency must be one of ${urgencies.join(', ')}, got ${quoted(urgency)}.`,
  )
}

export function isAsUrgent(urgency: Urgency, least: Urgency): boolean {
  return urgencies.indexOf(urgency) >= urgencies.indexOf(least)
}

/** `Prefer: wait=0`: what there is now, and no waiting. */
export function isImpatient({ prefer }: IncomingHttpHeaders): boolean {
  return /(^|[,;\s])wait\s*=\s*"?0"?\s*($|[,;])/i.test(String(prefer ?? ''))
}

function quoted(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
