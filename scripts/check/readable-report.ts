// The report for people.
import { colors } from '../cli/colors.ts'
import { printable } from '../cli/printable.ts'
import { bar } from './bar.ts'
import type { Explanation } from './explain.ts'
import type { CheckReport } from './report.ts'
import type { TranscriptLine } from './transcript.ts'
import { wrapped } from './wrapped.ts'

const arrows = {
  client: colors.cyan('client >'),
  server: colors.magenta('server <'),
  link: colors.yellow('       ×'),
}

const shownPrinted = 10

export function readableReport(): CheckReport {
  return {
    begins({ number, files, lesson }, title) {
      const file = colors.dim(`lessons/${lesson}/exercise/${files.join(', ')}`)
      print(`${colors.bold(`${number} ${title}`)}  ${file}\n`)
    },
    passed: (check, _, ms) =>
      print(`  ${colors.green('✓')} ${check} ${colors.dim(`${ms} ms`)}`),
    failed: (explanation) => print(describe(explanation)),
    printed(text) {
      const lines = text.trimEnd().split('\n')
      const shown = lines.slice(0, shownPrinted).map(printable)
      const more = lines.length - shown.length
      if (more > 0) shown.push(`… and ${more} lines more`)
      print(section('Your code printed', shown).join('\n'))
    },
    ends({ number, steps }, done, kept) {
      const of = `${done} of ${steps.length} steps`
      const next = kept
        ? colors.green('and all that the transport has to keep.')
        : colors.dim(
            `npm run check ${number} -- --watch checks whenever you save.`,
          )
      print(`\n${bar(done, steps.length)}  ${of}  ${next}`)
    },
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function describe(explanation: Explanation): string {
  const { check, text, says, story, why, standard, look, read } = explanation
  const { hints, stack = [], wire } = explanation
  const lines = [
    `  ${colors.red('✗')} ${check ?? look.file}`,
    ...section('Wanted', text ? wrapped(text) : []),
    ...section('What came', [
      ...(story ? wrapped(story) : []),
      ...wrapped(printable(says)),
    ]),
    ...section('On the wire', wire.map(lineOfWire(wire))),
    ...section(
      'The standard',
      standard ? [...wrapped(`“${standard.quote}”`), standard.url] : [],
    ),
    ...section('Why it matters', why ? wrapped(why) : []),
    ...section('Look at', [
      `${look.file}:${look.line}`,
      ...(look.text ? [`  ${colors.dim(printable(look.text))}`] : []),
      ...stack.slice(1, 4).map(({ file, line }) => `${file}:${line}`),
    ]),
    ...section('Read', read ? [read] : []),
    ...section('A hint', hints ? [hintsLeft(explanation)] : []),
  ]
  return lines.join('\n')
}

function hintsLeft({ look, hints }: Explanation): string {
  const [, number] = /lessons\/(\d\d)/.exec(look.file) ?? []
  const { shown = 0, of = 0 } = hints ?? {}
  const command = `npm run check ${Number(number)} -- --hint`
  return `${command}  ${colors.dim(`(${shown} of ${of} shown)`)}`
}

/** A heading and its lines; nothing when there are none. */
function section(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return []
  return [
    '',
    `  ${colors.bold(heading)}`,
    ...lines.map((line) => `    ${line}`),
  ]
}

/** A connection is named where the next one begins. */
function lineOfWire(wire: readonly TranscriptLine[]) {
  return ({ connection, from, text }: TranscriptLine, index: number) => {
    const isNew = wire[index - 1]?.connection !== connection
    const several = wire.at(-1)?.connection !== wire[0]?.connection
    const name =
      isNew && several ? `${colors.dim(`connection ${connection}`)}\n    ` : ''
    return `${name}${arrows[from]} ${from === 'link' ? colors.yellow(text) : text}`.trimEnd()
  }
}
