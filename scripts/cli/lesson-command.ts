// The command `npm run lesson`.
import { localCertificate } from '../../lessons/certificate.ts'
import {
  findFolder,
  isPractice,
  loadLesson,
  loadLessons,
  loadPractice,
  loadPractices,
  type NumberedLesson,
  type NumberedPractice,
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

/** Lists the lessons, or runs one until `signal` aborts. What is no transport reads its own flags. */
export async function lessonCommand(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const [first = '', ...rest] = args
  const practice = await practiceOf(first)
  if (practice !== undefined) return practice.run(rest, signal)
  const asked = readLessonArguments(args)
  if (asked === undefined) return
  const { json = false } = asked.flags
  if (asked.lesson === undefined) {
    const list = json ? listLessonsAsJson : listLessons
    return list(await loadLessons(), await loadPractices())
  }
  const lesson = await loadLesson(await find(asked.lesson))
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

/** Undefined when it is a transport, or no lesson's name. */
async function practiceOf(
  query: string,
): Promise<NumberedPractice | undefined> {
  const folder = await findFolder(query).catch(() => undefined)
  return folder && isPractice(folder) ? loadPractice(folder) : undefined
}

async function find(query: string): Promise<string> {
  try {
    return await findFolder(query)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError(error.message, 2, { cause: error })
  }
}
