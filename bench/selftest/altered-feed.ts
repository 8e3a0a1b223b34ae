// A feed whose deliveries are changed on their way: servers with faults that we
// know, to see whether the benchmark finds them.

import type { Deliver, Feed, Message } from '../../lessons/feed.ts'
import { view } from '../../lessons/shared/view.ts'

/** `feed`, but whoever follows it gets what `change` makes of each message. */
export function alteredFeed(
  feed: Feed,
  change: (deliver: Deliver) => Deliver,
): Feed {
  return view(feed, {
    follow: (cursor, signal, deliver) =>
      feed.follow(cursor, signal, change(deliver)),
  })
}

/** Whether a message's number ends in 5: a fault that has an exact count. */
export function isTenth({ data }: Message): boolean {
  return data.charAt(8) === '5'
}
