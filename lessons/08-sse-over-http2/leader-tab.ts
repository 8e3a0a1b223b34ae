// The third remedy: one of the tabs holds the stream for all. Web Locks elect it,
// and elect another when it is closed or crashes.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { post } from '../shared/fetch-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { hear, hold } from './shared-stream.ts'

/** @param onLead told when this tab begins to hold the stream */
export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
  onLead = () => {},
): Subscription {
  const messages = new URL('/messages', url)

  // #region connect
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const leaving = new AbortController()
    const { signal } = leaving
    let cursor = after
    const lead = () => {
      onLead()
      // From where this tab is now: others who are not as far will say so.
      return hold(messages, cursor, signal)
    }
    // The browser lets one tab in, and the next one when that is gone.
    const led = navigator.locks.request(messages.href, { signal }, lead)
    led.catch(() => {}) // It has left before its turn came.
    try {
      for await (const arrival of hear(messages, after, options)) {
        cursor = arrival.id
        yield arrival
      }
    } finally {
      leaving.abort()
    }
  }
  // #endregion connect

  return resuming(connect, (data) => post(messages, data, options), options)
}
