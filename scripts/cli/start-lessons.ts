// The servers of many lessons, started together or not at all.
import type { Feed } from '../../lessons/feed.ts'
import type { NumberedLesson } from '../../lessons/index.ts'
import { type StartedServer, startServer } from '../../lessons/start.ts'
import { CommandError } from './command-error.ts'

export interface RunningLesson {
  readonly lesson: NumberedLesson
  readonly server: StartedServer
}

export interface StartLessonsOptions {
  /** All servers carry this one. */
  readonly feed: Feed
  readonly host: string
  /** 0 takes a free one. */
  readonly port: (lesson: NumberedLesson) => number
  /** Origins beyond this machine whose pages may read and publish. */
  readonly origins?: readonly string[]
  readonly log: (lesson: NumberedLesson, line: string) => void
}

/**
 * Starts the server of every lesson, but not of those that need what this
 * machine lacks: the log says what.
 *
 * @throws CommandError when one cannot listen; the others are closed then
 */
export async function startLessons(
  lessons: readonly NumberedLesson[],
  options: StartLessonsOptions,
): Promise<RunningLesson[]> {
  const able = lessons.filter((lesson) => {
    const why = lesson.missing?.()
    if (why !== undefined) options.log(lesson, why)
    return why === undefined
  })
  const starts = await Promise.allSettled(
    able.map((lesson) => start(lesson, options)),
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
  { feed, host, port: portOf, origins, log }: StartLessonsOptions,
): Promise<RunningLesson> {
  const port = portOf(lesson)
  const { number, title } = lesson
  const server = await orExplained(
    startServer(lesson, {
      feed,
      host,
      port,
      // A name that was asked for is a name under which it may be reached.
      hosts: [host],
      origins,
      log: (line) => log(lesson, line),
    }),
    port,
    `lesson ${number} (${title})`,
  )
  return { lesson, server }
}

/**
 * What `starting` resolves with.
 *
 * @param who needs the port
 * @throws CommandError when it cannot listen
 */
export async function orExplained<Server>(
  starting: Promise<Server>,
  port: number,
  who: string,
): Promise<Server> {
  try {
    return await starting
  } catch (error) {
    const { message, cause } = error as Error
    if (cause === undefined) throw error
    const { code } = cause as NodeJS.ErrnoException
    const sentence =
      code === 'EADDRINUSE'
        ? `Port ${port}, which ${who} needs, is taken by another program. End that one, or choose other ports with --ports-from (0 takes free ones).`
        : message
    throw new CommandError(sentence, 1, { cause })
  }
}
