// One lesson's client on the command line.
import type { NumberedLesson } from '../../lessons/index.ts'
import { SubscribeError, type SubscribeOptions } from '../../lessons/lesson.ts'
import { ConnectionError } from '../../lessons/shared/connection-error.ts'
import { drained } from '../../lessons/shared/drained.ts'
import { CommandError } from './command-error.ts'
import type { Report } from './report.ts'

export interface ClientFlags {
  readonly after?: string
  readonly count?: number
  readonly heartbeat?: number
  readonly interval?: number
  readonly retry?: number
  readonly json?: boolean
}

/**
 * Follows the server at `url` until `signal` aborts or `count` messages came.
 *
 * @param ca the certificate to trust
 * @throws CommandError when the server refuses
 */
export async function followLesson(
  lesson: NumberedLesson,
  url: URL,
  ca: string | undefined,
  flags: ClientFlags,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const options: SubscribeOptions = {
    after: flags.after,
    heartbeatMs: flags.heartbeat,
    intervalMs: flags.interval,
    retryMs: flags.retry,
    ca,
    signal,
    onGap: report.gap,
    onState: (state) => report.state(state, url),
  }
  if (!flags.json) await show(lesson, url, options, report)

  let left = flags.count ?? Number.POSITIVE_INFINITY
  try {
    for await (const message of lesson.subscribe(url, options)) {
      report.message(message)
      if (--left === 0) return
      // A reader slower than the feed holds the client up, not its memory.
      if (process.stdout.writableNeedDrain)
        await drained(process.stdout, signal)
    }
  } catch (error) {
    if (!(error instanceof SubscribeError)) throw error
    throw new CommandError(error.message, 1, { cause: error })
  }
}

async function show(
  lesson: NumberedLesson,
  url: URL,
  options: SubscribeOptions,
  report: Report,
): Promise<void> {
  try {
    await lesson.show?.(url, options, report.client)
  } catch (error) {
    const isExpected =
      error instanceof ConnectionError || error instanceof SubscribeError
    if (!isExpected) throw error
    // The subscription knows how to go on after these, or will end with them.
    if (!options.signal?.aborted) report.client(error.message)
  }
}
