// What the checks stand on: a server, a link to it that can fail, and
// subscribers behind the link.

import { setMaxListeners } from 'node:events'

import { Feed, type FeedOptions } from '../feed.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { type StartedServer, type StartOptions, startServer } from '../start.ts'
import { Link } from './link.ts'
import type { Checked } from './requirement.ts'

/** Short waits: a check should end soon, and has a deadline of its own. */
const quick = { retryMs: 2, intervalMs: 5 }

/** Over UDP nobody is told that the way is broken: both sides notice the silence, and a check should not wait long for that. */
const quickToNotice = { heartbeatMs: 200 }

export interface Rig extends StartedServer {
  readonly link: Link
  /** A subscription through the rig's link, or through another one. */
  subscribe(options?: SubscribeOptions, through?: Link): Subscription
  /** Aborts when the rig closes: a check that fails leaves nobody behind. */
  readonly over: AbortSignal
}

/** Starts the lesson's server with a link before it. `signal` ends every subscription. */
export async function setUp(
  lesson: Checked,
  signal: AbortSignal,
  own: StartOptions = {},
): Promise<Rig> {
  setMaxListeners(0, signal) // Every subscriber of a check listens to it.
  const options = { ...quick, ...(lesson.udp && quickToNotice), ...own }
  const { feed = await openFeed(lesson) } = options
  const started = await startServer(lesson, { ...options, feed })
  const link = await Link.to(started.url)
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  const close = async () => {
    ending.abort()
    await link.close()
    await started.close()
  }
  return {
    ...started,
    link,
    subscribe: (own, through = link) =>
      lesson.subscribe(through.url, {
        ...quick,
        heartbeatMs: options.heartbeatMs,
        ca: started.ca,
        signal,
        ...own,
      }),
    over: ending.signal,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The feed for a server of the lesson. */
export async function openFeed(
  lesson: Checked,
  options?: FeedOptions,
): Promise<Feed> {
  return (await lesson.openFeed?.(options)) ?? new Feed(options)
}

/** The numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
