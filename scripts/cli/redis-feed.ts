// The feed `redis://…`: what any server publishes that carries the same one.
import { CommandError } from './command-error.ts'
import type { FeedSource } from './feeds.ts'

export function redisFeed(url: URL): FeedSource {
  return {
    about: `what is published at any server with this feed, by ${url.protocol}//${url.host}`,
    async open(signal, tell) {
      // Whoever uses another feed needs no Redis, nor the package for it.
      const { RedisFeed } = await import(
        '../../lessons/12-scaling-out/redis-feed.ts'
      )
      try {
        const feed = await RedisFeed.open(url, { log: tell })
        const close = () => feed.close()
        if (signal.aborted) close()
        signal.addEventListener('abort', close)
        return feed
      } catch (error) {
        const { message } = error as Error
        throw new CommandError(message, 1, { cause: error })
      }
    },
  }
}
