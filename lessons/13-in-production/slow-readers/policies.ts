// What a server does for a reader who is slower than its feed. It is decided
// here alone: a lesson's server follows its feed, and does not know.

import { parseCursor } from '../../cursor.ts'
import type { Deliver, Feed } from '../../feed.ts'
import { view } from '../../shared/view.ts'

// #region policies
export type Policy =
  /** Its messages wait in the history, which all share: a reader is a position there. */
  | { readonly is: 'wait' }
  /** The newest `keep` messages wait for it. It misses those before. */
  | { readonly is: 'drop-oldest'; readonly keep: number }
  /** Once it has room again it gets the newest message alone. */
  | { readonly is: 'keep-latest' }
  /** Whoever falls back by more than `most` messages is cut off. */
  | { readonly is: 'disconnect'; readonly most: number }
// #endregion policies

/** The feed as a server sees it that treats slow readers by `policy`. */
export function withPolicy(feed: Feed, policy: Policy): Feed {
  const follow: Feed['follow'] = (cursor, signal, deliver) =>
    followBy(policy, feed, cursor, signal, deliver)
  return view(feed, { follow })
}

/** The end of a reader who has fallen back too far. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

// #region follow
function followBy(
  policy: Policy,
  feed: Feed,
  cursor: string,
  signal: AbortSignal,
  deliver: Deliver,
): Promise<void> {
  const newest = (keep: number) =>
    feed.follow(cursor, signal, (message) =>
      // What is too old is left out, and the feed goes on to the next one.
      behind(feed, message.id) < keep ? deliver(message) : undefined,
    )
  switch (policy.is) {
    case 'wait':
      return feed.follow(cursor, signal, deliver)
    case 'drop-oldest':
      return newest(policy.keep)
    case 'keep-latest':
      return newest(1)
    case 'disconnect':
      return followNear(policy.most, feed, cursor, signal, deliver)
  }
}

/** @throws TooSlow once the reader is `most` messages further behind than it began */
async function followNear(
  most: number,
  feed: Feed,
  cursor: string,
  signal: AbortSignal,
  deliver: Deliver,
): Promise<void> {
  const over = new AbortController()
  const all = AbortSignal.any([signal, over.signal])
  let last = cursor
  // It may have been away for long, and has to catch up: that is not slow.
  const limit = behind(feed, cursor) + most
  try {
    await Promise.race([
      feed.follow(cursor, all, (message) => {
        last = message.id
        return deliver(message)
      }),
      // Sees each message at once, while the other one waits for the reader.
      feed.follow(feed.present, all, () => {
        if (behind(feed, last) > limit)
          throw new TooSlow(`The reader is ${limit} messages behind.`)
        return undefined
      }),
    ])
  } finally {
    over.abort()
  }
}
// #endregion follow

/** How many messages the feed has had since this one. */
function behind(feed: Feed, id: string): number {
  const position = (cursor: string) => parseCursor(cursor)?.position ?? 0
  return position(feed.present) - position(id)
}
