// The argument parser, made to speak like the rest of the workbook.
import { Command, CommanderError } from 'commander'

import { CommandError } from './command-error.ts'

/** A parser for `npm run …`: errors are thrown, only help is printed. */
export function parser(name: string): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .helpOption('-h, --help', 'print this')
}

/**
 * Reads the arguments. False when they asked for help, which is printed then.
 *
 * @throws CommandError when they are not understood
 */
export function understood(command: Command, args: readonly string[]): boolean {
  refuseSwallowed(command)
  try {
    command.parse(args, { from: 'user' })
    return true
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return false
    throw new CommandError(sentence(command, error.message), 2)
  }
}

/**
 * `npm run lesson 4 --port 9000` gives --port to npm, which hands it on as an
 * environment variable and 9000 as an argument. Without a word about it, the
 * command would do something else than was asked for. npm writes --ports-from
 * as `ports_from`, and --no-site as `site`.
 */
function refuseSwallowed(command: Command): void {
  const options = [command, ...command.commands].flatMap((one) => one.options)
  const swallowed = options.find(
    ({ long }) => process.env[nameAtNpm(long)] !== undefined,
  )
  if (swallowed === undefined) return
  throw new CommandError(
    `npm took ${swallowed.long} for itself. Put two dashes before all flags: ${command.name()} -- ${swallowed.flags}`,
    2,
  )
}

function nameAtNpm(long = ''): string {
  return `npm_config_${long.replace(/^--(no-)?/, '').replaceAll('-', '_')}`
}

/** Commander says: `error: unknown option '--prot'`, and on a line of its own `(Did you mean --port?)`. */
function sentence(command: Command, message: string): string {
  const [what = '', hint = ''] = message.replace(/^error: /, '').split('\n')
  const text = `${what.charAt(0).toUpperCase()}${what.slice(1)}`
  const ended = /[.?]$/.test(text) ? text : `${text}.`
  const see = hint === '' ? '' : ` ${hint.slice(1, -1)}`
  return `${ended}${see} All flags: ${command.name()} -- --help`
}
