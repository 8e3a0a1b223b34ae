// Who somebody is, as far as a limit can know: the address that a connection
// comes from.

import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

// #region address
/**
 * The address to count by. Of IPv6 it is the first half: the other one is its
 * owner's to choose, and has 2 to the power of 64 values.
 * https://www.rfc-editor.org/rfc/rfc4291.html#section-2.5.4
 *
 * @param proxies your own ones, whose word on who is behind them counts
 */
export function addressOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  proxies: ReadonlySet<string> = new Set(),
): string {
  let address = withoutMapping(socket.remoteAddress ?? '')
  // Each proxy adds at the end whom it saw. What stands before the first one of
  // your own anybody may have written.
  const seen = `${headers['x-forwarded-for'] ?? ''}`.split(',')
  for (const said of seen.reverse()) {
    if (!proxies.has(address) || said.trim() === '') break
    address = withoutMapping(said.trim())
  }
  return isIPv6(address) ? `${firstHalf(address)}::/64` : address
}
// #endregion address

/** A socket that listens for both kinds writes 127.0.0.1 as ::ffff:127.0.0.1. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function firstHalf(address: string): string {
  const [before = '', after] = address.split('::')
  const groups = before.split(':').filter(Boolean)
  const last = after?.split(':').filter(Boolean) ?? []
  const zeros = 8 - groups.length - last.length
  const all = [...groups, ...Array(Math.max(zeros, 0)).fill('0'), ...last]
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
