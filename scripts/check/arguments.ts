// What `npm run check` is asked to do.
import { CommandError } from '../cli/command-error.ts'
import { parser, understood } from '../cli/parser.ts'

export interface CheckArguments {
  /** A number or a part of the folder's name. Absent: list them. */
  readonly lesson?: string
  readonly flags: CheckFlags
}

export interface CheckFlags {
  readonly watch?: boolean
  readonly hint?: boolean
  readonly solution?: boolean
  readonly reset?: boolean
  readonly now?: boolean
  readonly json?: boolean
}

const help = `
Your files are in lessons/NN-name/exercise/. LESSON is a number or a part of the
folder's name: 4, 04 and sent-events are the same. The code of the end is 0 when
all is kept, 1 when something is not, 2 when the command was not understood.

With --json stdout has one JSON object a line and nothing else. Start it with
npm run -s, so that npm prints nothing either:
  {"exercise":4,"folder":"04-server-sent-events","steps":["origin","resume"]}
  {"check":"origin","passed":true,"ms":31}
  {"check":"resume","passed":false,"ms":25,"says":"...","wire":[...],...}
  {"passed":false,"done":1,"of":6}
  no lesson named
           {"number":4,"folder":"...","title":"...","done":1,"of":6,"kept":false}

Examples:
  npm run check
  npm run check 4
  npm run check 4 -- --watch`

/** These are one at a time. */
const modes = ['watch', 'hint', 'solution', 'reset'] as const

/**
 * Undefined when help was asked for, which is printed then.
 *
 * @throws CommandError when the arguments are not understood
 */
export function readCheckArguments(
  args: readonly string[],
): CheckArguments | undefined {
  const command = parser('npm run check')
    .usage('[LESSON] [-- flags]')
    .argument('[lesson]', 'whose exercise; without, all are listed')
    .option('--watch', 'check again whenever you save')
    .option('--hint', 'the next hint for the step that you are at')
    .option('--solution', "what differs between your file and the lesson's own")
    .option('--reset', 'put your file back as it was shipped')
    .option('--now', 'with --reset: do not ask')
    .option('--json', 'for scripts, see below')
    .addHelpText('after', help)
  if (!understood(command, args)) return
  const [lesson] = command.processedArgs
  const flags = command.opts<CheckFlags>()

  const chosen = modes.filter((mode) => flags[mode])
  const [one, other] = chosen
  if (other)
    throw misunderstood(
      `--${one} and --${other} are two commands: give one of them.`,
    )
  if (one && lesson === undefined)
    throw misunderstood(
      `--${one} is for an exercise, and none is named. Name one, such as npm run check 4 -- --${one}`,
    )
  if (one && flags.json)
    throw misunderstood(`--json is for a check or the list, not for --${one}.`)
  if (flags.now && !flags.reset)
    throw misunderstood('--now is for --reset alone.')
  return { lesson, flags }
}

function misunderstood(sentence: string): CommandError {
  return new CommandError(sentence, 2)
}
