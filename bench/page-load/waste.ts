// What was sent in vain: files that the client had, or had been sent already.

import { sizes } from './page.ts'
import type { Event } from './server.ts'

/**
 * @param events of one visit
 * @param cached the paths that the client had before it
 * @returns bytes of content, without what frames and TLS add
 */
export function wastedBytes(
  events: readonly Event[],
  cached: readonly string[],
): number {
  const has = new Set(cached)
  let bytes = 0
  for (const { is, path } of events) {
    if (is === 'asked') continue
    if (has.has(path)) bytes += sizeOf(path)
    has.add(path)
  }
  return bytes
}

function sizeOf(path: string): number {
  return Object.hasOwn(sizes, path) ? sizes[path as keyof typeof sizes] : 0
}
