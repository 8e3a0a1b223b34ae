// What `npm run lesson` is asked to do.
import { Argument, type Command } from 'commander'

import { CommandError } from './command-error.ts'
import * as flag from './flags.ts'
import type { ClientFlags } from './follow-lesson.ts'
import { parser, understood } from './parser.ts'
import type { ServerFlags } from './serve-lesson.ts'

type End = 'server' | 'client'
type Flags = ServerFlags & ClientFlags & { readonly port?: number }

export interface LessonArguments {
  /** A number or a part of the folder's name. Absent: list them. */
  readonly lesson?: string
  /** One of the two alone. */
  readonly end?: End
  /** The server for a client. */
  readonly url?: URL
  readonly flags: Flags
}

/** The flags that one end alone understands. */
const flagsOf: Record<End, readonly (keyof Flags)[]> = {
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
           a lesson that is no transport has no port

Examples:
  npm run lesson 4
  tail -f log | npm run lesson 4 server -- --feed stdin
  npm run -s lesson 4 client -- --json --count 10
  npm run lesson 4 client -- --after k3f9x2-42 http://127.0.0.1:9000/`

/**
 * Undefined when help was asked for, which is printed then.
 *
 * @throws CommandError when the arguments are not understood
 */
export function readLessonArguments(
  args: readonly string[],
): LessonArguments | undefined {
  const command = lessonParser()
  if (!understood(command, args)) return
  const [lesson, end, url] = command.processedArgs
  const asked = { lesson, end, url, flags: command.opts<Flags>() }
  refuseUseless(command, asked)
  return asked
}

function lessonParser(): Command {
  const ends = Object.keys(flagsOf)
  return parser('npm run lesson')
    .usage('[LESSON] [server | client] [-- flags] [URL]')
    .argument('[lesson]', 'which one; without, all are listed')
    .addArgument(new Argument('[end]', 'one of the two alone').choices(ends))
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
    .option('--count <n>', 'the client ends after so many messages', flag.count)
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
    .option('--json', 'for scripts, see below')
    .addHelpText('after', help)
}

/** What would do nothing is a misunderstanding. */
function refuseUseless(
  command: Command,
  { lesson, end, url }: LessonArguments,
): void {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli'

  if (lesson === undefined) {
    const names = Object.keys(command.opts()).filter((name) => name !== 'json')
    const useless = names.find(isGiven)
    if (useless === undefined) return
    throw new CommandError(
      `--${useless} is for a lesson, and none is named. Name one, such as npm run lesson 4 -- --${useless}`,
      2,
    )
  }
  if (end !== 'client' && url !== undefined)
    throw new CommandError(
      'A URL is for a client alone: npm run lesson 4 client -- http://127.0.0.1:9000/',
      2,
    )
  if (end === undefined) return
  const other = end === 'server' ? 'client' : 'server'
  const useless = flagsOf[other].find(isGiven)
  if (useless === undefined) return
  const hint =
    useless === 'port' || useless === 'host'
      ? ' Give the client a URL, such as http://127.0.0.1:9000/'
      : ''
  throw new CommandError(
    `--${useless} is for the ${other}, and only the ${end} was asked for.${hint}`,
    2,
  )
}
