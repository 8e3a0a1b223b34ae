// The parent's side of the server that the tools ask: its endpoints, and what
// it used.

import { BenchProcess } from '../processes/child.ts'
import type { Target } from './outcome.ts'

export interface ServerSettings {
  /** In its feed before anybody asks. */
  readonly messages: number
  /** Of the data of each. */
  readonly bytes: number
}

export interface ServerReading {
  readonly url: string
  readonly start: string
  readonly present: string
  /** CPU time so far, user and system. */
  readonly cpuMs: number
  /** How long its event loop has been busy, and idle, so far. */
  readonly busyMs: number
  readonly idleMs: number
}

export type EndpointId = 'empty poll' | 'poll of 5 messages'

export const endpoints: readonly EndpointId[] = [
  'empty poll',
  'poll of 5 messages',
]

export function targetOf(
  endpoint: EndpointId,
  { url, start, present }: ServerReading,
  connections: number,
): Target {
  const messages = new URL('/messages', url)
  const headers: Record<string, string> = {}
  // As the lesson's client asks: 304 while there is nothing new.
  if (endpoint === 'empty poll') headers['if-none-match'] = `"${present}"`
  else messages.searchParams.set('after', start)
  return { url: messages, headers, connections }
}

export function startPolledServer(signal: AbortSignal) {
  const settings: ServerSettings = { messages: 5, bytes: 64 }
  return new BenchProcess<{ read(_: null): ServerReading }>(
    '../external/server-process.ts',
    { settings, signal },
  )
}
