// The servers of many lessons, started together or not at all.
import type { Feed } from '../../lessons/feed.ts'
import type { NumberedLesson } from '../../lessons/index.ts'
import { type StartedServer, startServer } from '../../lessons/start.ts'
import { CommandError } from './command-error.ts'
import { defaultPort } from './default-port.ts'

export interface RunningLesson {
  readonly lesson: NumberedLesson
  readonly server: StartedServer
}

export interface StartLessonsOptions {
  /** All servers carry this one. */
  readonly feed: Feed
  readonly host: string
  /** Lesson 1 gets the port after this one; 0 takes free ones. */
  readonly portsFrom: number
  readonly log: (lesson: NumberedLesson, line: string) => void
}

/**
 * Starts the server of every lesson.
 *
 * @throws CommandError when one cannot listen; the others are closed then
 */
export async function startLessons(
  lessons: readonly NumberedLesson[],
  options: StartLessonsOptions,
): Promise<RunningLesson[]> {
  const starts = await Promise.allSettled(
    lessons.map((lesson) => start(lesson, options)),
  )
  const running = starts.flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  )
  const failed = starts.find(({ status }) => status === 'rejected')
  if (failed?.status !== 'rejected') return running
  await Promise.all(running.map(({ server }) => server.close()))
  throw failed.reason
}

async function start(
  lesson: NumberedLesson,
  { feed, host, portsFrom, log }: StartLessonsOptions,
): Promise<RunningLesson> {
  const port = defaultPort(lesson, portsFrom)
  try {
    const server = await startServer(lesson, {
      feed,
      host,
      port,
      // A name that was asked for is a name under which it may be reached.
      hosts: [host],
      log: (line) => log(lesson, line),
    })
    return { lesson, server }
  } catch (error) {
    throw explained(error as Error, lesson, port)
  }
}

function explained(
  error: Error,
  { number, title }: NumberedLesson,
  port: number,
): Error {
  const { message, cause } = error
  if (cause === undefined) return error
  const { code } = cause as NodeJS.ErrnoException
  const sentence =
    code === 'EADDRINUSE'
      ? `Port ${port}, which lesson ${number} (${title}) needs, is taken by another program. End that one, or choose other ports with --ports-from (0 takes free ones).`
      : message
  return new CommandError(sentence, 1, { cause })
}
