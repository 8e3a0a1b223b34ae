// The feeds that a command can carry, by the names that `--feed` takes.
import type { Feed } from '../../lessons/feed.ts'
import { clockFeed } from './clock-feed.ts'
import { redisFeed } from './redis-feed.ts'
import { stdinFeed } from './stdin-feed.ts'
import { systemFeed } from './system-feed.ts'

/** A feed for the terminal. */
export interface FeedSource {
  /** What its messages are. */
  readonly about: string
  /** Starts it. `signal` ends it; `tell` takes what is worth telling. */
  open(signal: AbortSignal, tell: (line: string) => void): Feed | Promise<Feed>
}

/** One that has a name, or the address of a Redis. */
export type FeedName = keyof typeof named | `${RedisScheme}//${string}`

type RedisScheme = (typeof redisSchemes)[number]

const redisSchemes = ['redis:', 'rediss:'] as const

const named = {
  clock: {
    about: 'the time, once a second',
    open: clockFeed,
  },
  system: {
    about: 'the load of this machine, twice a second',
    open: systemFeed,
  },
  stdin: {
    about: 'one message for each line of stdin, from the first subscriber on',
    open: stdinFeed,
  },
} satisfies Record<string, FeedSource>

/** What stands for a feed in an error. */
export const feedNames = `${Object.keys(named).join(', ')}, or a Redis such as redis://127.0.0.1:6379`

export function isFeedName(text: string): text is FeedName {
  return Object.hasOwn(named, text) || isRedis(text)
}

export function feedSource(name: FeedName): FeedSource {
  return isRedis(name) ? redisFeed(new URL(name)) : named[name]
}

function isRedis(text: string): text is `${RedisScheme}//${string}` {
  return (
    URL.canParse(text) &&
    redisSchemes.some((scheme) => text.startsWith(`${scheme}//`))
  )
}
