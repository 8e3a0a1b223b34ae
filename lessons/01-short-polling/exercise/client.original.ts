// Short polling as everybody writes it first: ask, wait, ask again. It runs, and
// on a good day nothing is missing. `npm run check 1` has the other days.

import { setTimeout as sleep } from 'node:timers/promises'

import type { Message } from '../../feed.ts'
import type { SubscribeOptions, Subscription } from '../../lesson.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, intervalMs = 1_000, onState = () => {} } = options
  const messages = new URL('/messages', url)

  async function* poll(): AsyncGenerator<Message, void, undefined> {
    let { after } = options
    while (!signal?.aborted) {
      const from = new URL(messages)
      if (after !== undefined) from.searchParams.set('after', after)
      try {
        const response = await fetch(from)
        const found: Message[] = await response.json()
        onState({ is: 'open' })
        for (const message of found) {
          after = message.id
          yield message
        }
      } catch {
        // Nothing new, or no connection: the next poll will tell.
      }
      await sleep(intervalMs)
    }
  }

  async function publish(data: string): Promise<void> {
    await fetch(messages, { method: 'POST', body: data })
  }

  return Object.assign(poll(), { publish })
}
