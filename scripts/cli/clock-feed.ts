// The feed `clock`: what time it is.
import { Feed } from '../../lessons/feed.ts'
import { every } from '../../lessons/shared/every.ts'

/** One ISO time a second. */
export function clockFeed(signal: AbortSignal): Feed {
  const feed = new Feed()
  every(1_000, signal, () => feed.publish(new Date().toISOString()))
  return feed
}
