// Many event streams at once, counted: what the demonstration shows, and what
// its tests look at. No DOM.

export interface Counts {
  /** Streams that have been answered. */
  readonly open: number
  /** Streams that wait for a connection, or for room on one: without an error. */
  readonly waiting: number
  /** Errors, of all streams. */
  readonly errors: number
  /** Whether a plain request, sent when the streams had begun, is answered. */
  readonly answered: boolean
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
  let answered = false
  const look = () => {
    const [waiting = 0, open = 0] = [0, 1].map(
      (state) =>
        sources.filter(({ readyState }) => readyState === state).length,
    )
    tell({ open, waiting, errors, answered })
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
  const small = new URL('/style.css', url)
  const answer = await fetch(small, { cache: 'no-store', mode: 'cors' })
  await answer.text()
  answered = true
  look()
}
