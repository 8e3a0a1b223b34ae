// One lesson's server on the command line.
import { once } from 'node:events'

import type { NumberedLesson } from '../../lessons/index.ts'
import {
  type StartedServer,
  type StartOptions,
  startServer,
} from '../../lessons/start.ts'
import { CommandError } from './command-error.ts'
import { type FeedName, feedSource } from './feeds.ts'
import type { Report } from './report.ts'

export interface ServerFlags {
  readonly feed: FeedName
  readonly host: string
  readonly heartbeat?: number
  readonly retry?: number
}

/**
 * Starts the server with a feed that ends with `signal`, and tells its address.
 *
 * @throws CommandError when it cannot listen
 */
export async function serveLesson(
  lesson: NumberedLesson,
  port: number,
  { feed, host, heartbeat, retry }: ServerFlags,
  report: Report,
  signal: AbortSignal,
): Promise<StartedServer> {
  const { about, open } = feedSource(feed)
  const started = await start(lesson, {
    feed: await open(signal, report.feed),
    port,
    host,
    // A name that was asked for is a name under which it may be reached.
    hosts: [host],
    heartbeatMs: heartbeat,
    retryMs: retry,
    log: report.log,
  })
  report.listening(lesson, started.url)
  report.feed(about)
  return started
}

/** Resolves when `signal` aborts. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

async function start(
  lesson: NumberedLesson,
  options: StartOptions,
): Promise<StartedServer> {
  const why = lesson.missing?.()
  if (why !== undefined) throw new CommandError(why, 1)
  try {
    return await startServer(lesson, options)
  } catch (error) {
    const { message, cause } = error as Error
    if (cause === undefined) throw error
    throw new CommandError(message, 1, { cause })
  }
}
