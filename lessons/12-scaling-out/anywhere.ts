// One subscription at any of several servers: the client's own list of
// addresses, in the place of a proxy that knows them.

import type { Message } from '../feed.ts'
import type { Lesson, SubscribeOptions } from '../lesson.ts'
import { Backoff } from '../shared/backoff.ts'
import { sleep } from '../shared/sleep.ts'

export interface AnywhereOptions extends SubscribeOptions {
  /** Where to begin: only a cursor means the same everywhere. */
  after: string
  /** Told whenever it goes on at another address. */
  onMove?: (url: URL) => void
}

// #region anywhere
/**
 * Follows the feed at the first of `urls`. When the connection ends there, it
 * goes on at the next one, after the last message that it has received.
 */
export async function* subscribeAnywhere(
  lesson: Pick<Lesson, 'subscribe'>,
  urls: readonly URL[],
  { after, onMove, onGap, ...options }: AnywhereOptions,
): AsyncGenerator<Message, void, undefined> {
  const { signal } = options
  const backoff = new Backoff(options.retryMs)
  for (let n = 0; !signal?.aborted; n++) {
    const url = urls[n % urls.length]
    if (url === undefined) throw new RangeError('There is no address.')
    if (n > 0) onMove?.(url)
    const moving = new AbortController()
    const move = () => moving.abort()
    signal?.addEventListener('abort', move)
    const messages = lesson.subscribe(url, {
      ...options,
      after,
      signal: moving.signal,
      onGap:
        onGap &&
        ((gap) => {
          after = gap.resumedAt
          onGap(gap)
        }),
      onState(state) {
        options.onState?.(state)
        // It would wait, and then ask the same server again.
        if (state.is === 'waiting') move()
      },
    })
    for await (const message of messages) {
      after = message.id
      backoff.reset()
      yield message
    }
    signal?.removeEventListener('abort', move)
    await sleep(backoff.next(), signal)
  }
}
// #endregion anywhere
