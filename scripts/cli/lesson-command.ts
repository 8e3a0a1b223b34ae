// The command `npm run lesson`.
import { Argument, Option } from 'commander'

import { localCertificate } from '../../lessons/certificate.ts'
import {
  findLesson,
  loadLessons,
  type NumberedLesson,
} from '../../lessons/index.ts'
import { CommandError } from './command-error.ts'
import { defaultPort } from './default-port.ts'
import * as flag from './flags.ts'
import { type ClientFlags, followLesson } from './follow-lesson.ts'
import { listLessons, listLessonsAsJson } from './list-lessons.ts'
import { parser, understood } from './parser.ts'
import { openReport } from './report.ts'
import { aborted, type ServerFlags, serveLesson } from './serve-lesson.ts'

type End = 'server' | 'client'
type Flags = ServerFlags & ClientFlags & { readonly port?: number }

const ends: Record<End, readonly (keyof Flags)[]> = {
  server: ['port', 'host', 'feed'],
  client: ['after', 'count', 'interval'],
}

const help = `
Server and client run together unless one of them is named. LESSON is a number
or a part of the folder's name: 4, 04 and sent-events are the same.

With --json stdout has one JSON object a line and nothing else, and stderr what
happens besides. Start it with npm run -s, so that npm prints nothing either:
  server   {"listening":"http://127.0.0.1:8004/"}
           {"log":"..."}
  client   {"id":"k3f9x2-42","data":"..."}
           {"gap":{"after":"k3f9x2-42","resumedAt":"k3f9x2-99","lost":57}}
           lost is null when the feed is another one
  no lesson named
           {"number":4,"folder":"...","title":"...","port":8004}

Examples:
  npm run lesson 4
  tail -f log | npm run lesson 4 server -- --feed stdin
  npm run -s lesson 4 client -- --json --count 10
  npm run lesson 4 client -- --after k3f9x2-42 http://127.0.0.1:9000/`

/** Lists the lessons, or runs one until `signal` aborts. */
export async function lessonCommand(signal: AbortSignal): Promise<void> {
  const command = parser('npm run lesson')
    .usage('[LESSON] [server | client] [-- flags] [URL]')
    .argument('[lesson]', 'which one; without, all are listed')
    .addArgument(
      new Argument('[end]', 'one of the two alone').choices(Object.keys(ends)),
    )
    .argument(
      '[url]',
      "the server for a client: the lesson's own",
      flag.httpUrl,
    )
    .option(
      '--port <n>',
      'where the server listens: 8000 and the number; 0 takes a free one',
      flag.port,
    )
    .addOption(flag.hostFlag())
    .addOption(flag.feedFlag())
    .option('--after <cursor>', 'what the client received last')
    .option('--count <n>', 'end after so many messages', flag.count)
    .option(
      '--interval <ms>',
      'how often the client of lesson 1 asks (default: 1000)',
      flag.milliseconds,
    )
    .option(
      '--heartbeat <ms>',
      'how often an idle connection carries a sign of life',
      flag.milliseconds,
    )
    .option(
      '--retry <ms>',
      'the first delay of a client before it connects again',
      flag.milliseconds,
    )
    .addOption(new Option('--json', 'for scripts, see below'))
    .addHelpText('after', help)
  if (!understood(command)) return

  const [query, end, url] = command.processedArgs as [
    string | undefined,
    End | undefined,
    URL | undefined,
  ]
  const flags = command.opts<Flags>()
  if (query === undefined) {
    const list = flags.json ? listLessonsAsJson : listLessons
    return list(await loadLessons())
  }
  const given = (name: keyof Flags) =>
    command.getOptionValueSource(name) === 'cli'
  refuseOthers(end, url, given)
  await runLesson(await find(query), end, url, flags, signal)
}

async function runLesson(
  lesson: NumberedLesson,
  end: End | undefined,
  url: URL | undefined,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const report = openReport(flags.json ?? false)
  const port = flags.port ?? defaultPort(lesson)
  if (end === 'client') {
    const scheme = lesson.secure ? 'https' : 'http'
    const from = url ?? new URL(`${scheme}://127.0.0.1:${port}/`)
    const secure = from.protocol === 'https:'
    const ca = secure ? (await localCertificate()).cert : undefined
    return followLesson(lesson, from, ca, flags, report, signal)
  }

  const server = await serveLesson(lesson, port, flags, report, signal)
  try {
    if (end === 'server') await aborted(signal)
    else
      await followLesson(lesson, server.url, server.ca, flags, report, signal)
  } finally {
    await server.close()
  }
}

async function find(query: string): Promise<NumberedLesson> {
  try {
    return await findLesson(query)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError(error.message, 2, { cause: error })
  }
}

/** A flag that would do nothing is a misunderstanding. */
function refuseOthers(
  end: End | undefined,
  url: URL | undefined,
  given: (flag: keyof Flags) => boolean,
): void {
  if (end !== 'client' && url !== undefined)
    throw new CommandError(
      'Only a client takes a URL: the server is started here.',
      2,
    )
  if (end === undefined) return
  const other = end === 'server' ? 'client' : 'server'
  const wrong = ends[other].find(given)
  if (wrong === undefined) return
  const hint =
    end === 'client' && wrong !== 'feed'
      ? ' Give the client a URL, such as http://127.0.0.1:9000/.'
      : ''
  throw new CommandError(
    `--${wrong} is for the ${other}, and only the ${end} was asked for.${hint}`,
    2,
  )
}
