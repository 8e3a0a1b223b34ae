// Many event streams at once, counted: what the demonstration shows, and what
// its tests look at. No DOM.

import { sleep } from '../shared/sleep.ts'

/** Longer than streams take that have room: a request sent at once would overtake them. */
const settleMs = 1_000

export interface Counts {
  /** Streams that have been answered. */
  readonly open: number
  /** Streams that wait for a connection, or for room on one: without an error. */
  readonly waiting: number
  /** Errors, of all streams. */
  readonly errors: number
  /** What became of a plain request for something small, sent when the streams had begun. */
  readonly plain: 'unsent' | 'waits' | 'answered'
}

/**
 * Opens `count` streams at `url` and then asks the same server for something
 * small, until `signal` aborts.
 *
 * @param tell gets the counts whenever they change
 */
export async function openStreams(
  url: URL,
  count: number,
  signal: AbortSignal,
  tell: (counts: Counts) => void,
): Promise<void> {
  let errors = 0
  let plain: Counts['plain'] = 'unsent'
  const look = () => {
    const [waiting = 0, open = 0] = [0, 1].map(
      (state) =>
        sources.filter(({ readyState }) => readyState === state).length,
    )
    tell({ open, waiting, errors, plain })
  }
  const sources = Array.from({ length: count }, () => {
    const source = new EventSource(url)
    source.onopen = look
    source.onerror = () => {
      errors++
      look()
    }
    return source
  })
  signal.addEventListener('abort', () => {
    for (const source of sources) source.close()
  })
  look()
  await sleep(settleMs, signal)
  if (signal.aborted) return
  plain = 'waits'
  look()
  const answer = await fetch(new URL('/style.css', url), { cache: 'no-store' })
  await answer.text()
  plain = 'answered'
  look()
}
