// Feeds that wait for somebody.
import type { FeedOptions } from '../../lessons/feed.ts'

/**
 * Runs `action` once, when the first subscriber has its place to start: it
 * starts at the present, and would not see what was published before.
 */
export function onFirstSubscriber(action: () => void): FeedOptions {
  let isHere = false
  return {
    onSubscribe() {
      if (isHere) return
      isHere = true
      // The feed calls this before it tells the subscriber its place.
      setImmediate(action)
    },
  }
}
