// Server-Sent Events in the browser: EventSource reconnects and resumes by
// itself, until the server refuses. What it does not do is here.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { askWhy, post } from '../shared/fetch-client.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const messages = new URL('/messages', url)
  return resuming(
    (after) => eventsAfter(after, messages, options),
    (data) => post(messages, data, options),
    options,
  )
}

/** What arrives on one EventSource, until the server refuses it for good. */
export async function* eventsAfter(
  after: string | undefined,
  messages: URL,
  { signal, onState = () => {} }: SubscribeOptions,
): AsyncGenerator<Arrival, void, undefined> {
  const from = new URL(messages)
  if (after !== undefined) from.searchParams.set('after', after)

  // #region read
  const arrivals = new Queue<Arrival>()
  const arrive = ({ id = '', data }: Arrival) => {
    from.searchParams.set('after', id)
    arrivals.put({ id, data })
  }
  const source = new EventSource(from)
  source.addEventListener('start', ({ lastEventId }) => {
    onState({ is: 'open' })
    arrive({ id: lastEventId })
  })
  source.onmessage = ({ lastEventId, data }) =>
    arrive({ id: lastEventId, data })
  // #endregion read

  // #region refused
  source.onerror = async () => {
    const byItself = source.readyState === EventSource.CONNECTING
    if (byItself) onState({ is: 'connecting' })
    // Any status but 200 closes an EventSource for good, 502 as well. A
    // server that restarts has earned another attempt.
    else arrivals.end(await askWhy(from, signal))
  }
  // #endregion refused

  const unsubscribe = () => arrivals.end()
  signal?.addEventListener('abort', unsubscribe)
  try {
    if (!signal?.aborted) yield* arrivals
  } finally {
    signal?.removeEventListener('abort', unsubscribe)
    source.close()
  }
}
