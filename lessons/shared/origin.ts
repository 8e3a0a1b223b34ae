// Who may talk to a server of this machine: pages of this machine, and programs.

import { isIP } from 'node:net'

import type { ServeOptions } from '../lesson.ts'
import { Refusal } from './refusal.ts'

/**
 * Refuses foreign sites, in two ways they come:
 * - A page of another site connects from the reader's browser. The browser
 *   names it in `Origin`; WebSocket and POST are not held back by CORS.
 * - DNS rebinding: the other site lets its own name point to 127.0.0.1, and is
 *   of the same origin then. `Host` still holds that name.
 *
 * @param host the header `Host`, or HTTP/2's `:authority`
 * @param options names and origins, beyond those of this machine, that are fine
 * @throws Refusal (403)
 */
export function refuseForeign(
  host: string | undefined,
  origin: string | undefined,
  { hosts = [], origins = [] }: Pick<ServeOptions, 'hosts' | 'origins'> = {},
): void {
  const name = hostname(`http://${host}`)
  // An address is no name that somebody else could point here.
  if (!isLoopback(name) && !isAddress(name) && !hosts.includes(name))
    throw new Refusal(
      403,
      `Host must be a name of this machine, such as 127.0.0.1 or localhost, got "${host}".`,
    )
  // A host name is only a name; an origin is allowed to the letter.
  if (origin === undefined || origins.includes(origin)) return
  const site = hostname(origin)
  if (!isLoopback(site) && site !== name)
    throw new Refusal(
      403,
      `Origin must be a page of this machine, such as http://${host}, got "${origin}".`,
    )
}

/** Lets a page that was not refused read the answer, and no other: its origin, never `*`. */
export function corsHeaders(origin: string | undefined) {
  if (origin === undefined) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers':
      'etag, link, location, feed-start, retry-after',
    vary: 'origin',
  }
}

function hostname(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}

function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    (name.startsWith('127.') && isIP(name) === 4) ||
    name === '[::1]'
  )
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0
}
