// The client that everybody writes first: it reads the answer as it comes, and
// begins anew when it breaks.

import type { SubscribeOptions, Subscription } from '../../../lessons/lesson.ts'
import { brokenBy } from '../../../lessons/shared/connection-error.ts'
import { open } from '../../../lessons/shared/http-client.ts'
import { type Arrival, resuming } from '../../../lessons/shared/resuming.ts'
import { noWayBack } from './lacks.ts'

/** @param decode from the bytes of the answer to what arrived in them */
export function naiveClient(
  decode: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<unknown>,
): (url: URL, options?: SubscribeOptions) => Subscription {
  return (url, options = {}) => {
    const { signal } = options
    async function* connect(): AsyncGenerator<Arrival> {
      const response = await open(new URL('/messages', url), {
        signal,
        agent: false,
      })
      yield {} // The server greets nobody: that it answers must do.
      for await (const arrival of brokenBy(decode(response)))
        yield arrival as Arrival
    }
    return resuming(connect, noWayBack, options)
  }
}
