// What a refusing answer tells the client. Runs in Node and in browsers.

import { SubscribeError } from '../lesson.ts'

/** The error that an answer with a status of 400 and above stands for. */
export function refused(
  url: URL,
  status: number,
  reason: string,
  header: (name: string) => string | null | undefined,
): SubscribeError {
  return new SubscribeError(
    `${url} answered ${status}: ${reason.trim()}`,
    status,
    {
      retryAfterMs: retryAfterMs(header('retry-after')),
      feedStart: header('feed-start') ?? undefined,
    },
  )
}

/**
 * `Retry-After` holds seconds or a date.
 * https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3
 */
export function retryAfterMs(
  value: string | null | undefined,
  now = Date.now(),
): number | undefined {
  if (value === undefined || value === null) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1_000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
