// When a client comes back after its connection has ended, or was refused, and
// what the server does for it.

export interface Policy {
  readonly id: string
  readonly title: string
  /** The server looks up nobody who has given up. */
  readonly heedsLeaving?: boolean
  /** Once too many wait, the server says when to come back, with 503 and Retry-After. */
  readonly tellsWhen?: boolean
  /**
   * @param failures in a row, from 1
   * @param random from 0 up to 1
   */
  delayMs(failures: number, random: number): number
}

const baseMs = 1_000
const longestMs = 30_000

const grown = (failures: number) =>
  Math.min(baseMs * 2 ** (failures - 1), longestMs)

// #region policies
export const policies: readonly Policy[] = [
  {
    id: 'fixed',
    title: 'a fixed delay of 1 s',
    delayMs: () => baseMs,
  },
  {
    id: 'backoff',
    title: 'twice as long each time, to 30 s',
    delayMs: (failures) => grown(failures),
  },
  {
    id: 'jitter',
    title: 'and a random part of it',
    delayMs: (failures, random) => grown(failures) * random,
  },
  {
    id: 'heeded',
    title: 'and a server that forgets who has given up',
    heedsLeaving: true,
    delayMs: (failures, random) => grown(failures) * random,
  },
  {
    id: 'retry-after',
    title: 'and tells those beyond its queue when to come back',
    heedsLeaving: true,
    tellsWhen: true,
    delayMs: (failures, random) => grown(failures) * random,
  },
]
// #endregion policies
