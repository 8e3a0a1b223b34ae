// Looking at a feed from outside, and changing a part of it: its servers do not
// know.

import type { Feed } from '../feed.ts'

/** `feed`, but for what is in `changed`. */
export function view(feed: Feed, changed: Partial<Feed>): Feed {
  return new Proxy(feed, {
    get(target, name) {
      const from = name in changed ? changed : target
      const value = Reflect.get(from, name, from)
      return typeof value === 'function' ? value.bind(from) : value
    },
  })
}
