// The command `npm run lesson`.
import { localCertificate } from '../../lessons/certificate.ts'
import {
  findLesson,
  loadLessons,
  type NumberedLesson,
} from '../../lessons/index.ts'
import { CommandError } from './command-error.ts'
import { defaultPort } from './default-port.ts'
import { followLesson } from './follow-lesson.ts'
import {
  type LessonArguments,
  readLessonArguments,
} from './lesson-arguments.ts'
import { listLessons, listLessonsAsJson } from './list-lessons.ts'
import { openReport } from './open-report.ts'
import type { Report } from './report.ts'
import { aborted, serveLesson } from './serve-lesson.ts'

/** Lists the lessons, or runs one until `signal` aborts. */
export async function lessonCommand(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const asked = readLessonArguments(args)
  if (asked === undefined) return
  const { json = false } = asked.flags
  if (asked.lesson === undefined) {
    const list = json ? listLessonsAsJson : listLessons
    return list(await loadLessons())
  }
  const lesson = await find(asked.lesson)
  const run = asked.end === 'client' ? runClient : runServer
  await run(lesson, asked, openReport(json), signal)
}

async function runClient(
  lesson: NumberedLesson,
  { url = ownUrl(lesson), flags }: LessonArguments,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const secure = url.protocol === 'https:'
  const ca = secure ? (await localCertificate()).cert : undefined
  await followLesson(lesson, url, ca, flags, report, signal)
}

/** The client beside it, unless the server alone is wanted. */
async function runServer(
  lesson: NumberedLesson,
  { end, flags }: LessonArguments,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { port = defaultPort(lesson) } = flags
  const server = await serveLesson(lesson, port, flags, report, signal)
  const { url, ca } = server
  try {
    if (end === 'server') await aborted(signal)
    else await followLesson(lesson, url, ca, flags, report, signal)
  } finally {
    await server.close()
  }
}

function ownUrl(lesson: NumberedLesson): URL {
  const scheme = lesson.secure ? 'https' : 'http'
  return new URL(`${scheme}://127.0.0.1:${defaultPort(lesson)}/`)
}

async function find(query: string): Promise<NumberedLesson> {
  try {
    return await findLesson(query)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError(error.message, 2, { cause: error })
  }
}
