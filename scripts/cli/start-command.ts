// The command `npm start`.
import { loadLessons } from '../../lessons/index.ts'
import { colors } from './colors.ts'
import { type FeedName, feeds } from './feeds.ts'
import * as flag from './flags.ts'
import { parser, understood } from './parser.ts'
import { printable } from './printable.ts'
import { aborted } from './serve-lesson.ts'
import { type RunningLesson, startLessons } from './start-lessons.ts'

interface Flags {
  readonly feed: FeedName
  readonly host: string
  readonly portsFrom: number
}

/** Runs every lesson's server until `signal` aborts. */
export async function startCommand(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const command = parser('npm start')
    .usage('[-- flags]')
    .addOption(flag.feedFlag())
    .addOption(flag.hostFlag())
    .option(
      '--ports-from <n>',
      'lesson 1 gets the port after this one; 0 takes free ones',
      flag.portsFrom,
      8_000,
    )
  if (!understood(command, args)) return
  const { feed: name, host, portsFrom } = command.opts<Flags>()

  const { about, open } = feeds[name]
  const feed = open(signal, (line) => print('feed', line))
  const lessons = await startLessons(await loadLessons(), {
    feed,
    host,
    portsFrom,
    log: ({ number }, line) => print(`lesson ${number}`, printable(line)),
  })
  printAddresses(lessons, about)
  await aborted(signal)
  await Promise.all(lessons.map(({ server }) => server.close()))
}

function printAddresses(lessons: readonly RunningLesson[], about: string) {
  const width = Math.max(...lessons.map(({ lesson }) => lesson.title.length))
  const rows = lessons.map(({ lesson, server }) => {
    const { number, title, secure } = lesson
    const name = `${String(number).padStart(3)}  ${title.padEnd(width)}`
    const note = secure ? colors.dim('  *') : ''
    return `${name}  ${colors.bold(server.url.href)}${note}\n`
  })
  const note = lessons.some(({ lesson }) => lesson.secure)
    ? `\n${colors.dim('*')} Your browser will warn you: this machine made the certificate itself.\n`
    : ''
  process.stdout.write(`Every lesson carries ${about}.

${rows.join('')}${note}
Follow one from a terminal: npm run lesson 4 client
Ctrl-C ends them all.
`)
}

function print(who: string, line: string): void {
  process.stdout.write(`${colors.dim(who)}  ${line}\n`)
}
