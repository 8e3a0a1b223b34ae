// The feeds that a command can carry, by the names that `--feed` takes.
import type { Feed } from '../../lessons/feed.ts'
import { clockFeed } from './clock-feed.ts'
import { stdinFeed } from './stdin-feed.ts'
import { systemFeed } from './system-feed.ts'

/** A feed for the terminal. */
export interface FeedSource {
  /** What its messages are. */
  readonly about: string
  /** Starts it. `signal` ends it; `tell` takes what is worth telling. */
  open(signal: AbortSignal, tell: (line: string) => void): Feed
}

export type FeedName = 'clock' | 'system' | 'stdin'

export const feeds: Readonly<Record<FeedName, FeedSource>> = {
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
}
