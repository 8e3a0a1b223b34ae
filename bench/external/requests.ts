// Our generator: a closed loop of requests on so many connections, counted.

import { ask, encodeRequest } from './asking.ts'
import type { Target } from './outcome.ts'

/** How long after it broke a connection is opened again. */
const reopenMs = 100

export interface Counts {
  requests: number
  errors: number
  refused: number
}

/**
 * Asks until `signal` aborts.
 *
 * @returns what it has counted
 * @throws Error when the server answers what the generator cannot read
 */
export function makeRequests(
  target: Target,
  signal: AbortSignal,
  onLatency: (ns: number) => void = () => {},
): Promise<Counts> {
  const request = encodeRequest(target)
  const counts: Counts = { requests: 0, errors: 0, refused: 0 }

  return new Promise((resolve, reject) => {
    const closing: (() => void)[] = []
    const open = (index: number) => {
      closing[index] = ask(target, request, {
        onAnswer(status, latencyNs) {
          counts.requests++
          if (status >= 400) counts.refused++
          onLatency(latencyNs)
        },
        onBreak() {
          counts.errors++
          const again = setTimeout(open, reopenMs, index)
          closing[index] = () => clearTimeout(again)
        },
        onUnreadable(error) {
          reject(error)
          stop()
        },
      })
    }
    const stop = () => {
      signal.removeEventListener('abort', stop)
      for (const close of closing) close()
      resolve(counts) // Unless it has been rejected.
    }
    signal.addEventListener('abort', stop)
    for (let index = 0; index < target.connections; index++) open(index)
  })
}
