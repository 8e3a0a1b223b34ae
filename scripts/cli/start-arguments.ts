// What `npm start` was asked for.
import type { FeedName } from './feeds.ts'
import * as flag from './flags.ts'
import { parser, understood } from './parser.ts'

export interface StartFlags {
  readonly feed: FeedName
  readonly host: string
  readonly portsFrom: number
  /** False with `--no-site`. */
  readonly site: boolean
  readonly sitePort: number
  readonly allowOrigin?: readonly string[]
}

/**
 * Undefined when help was asked for, which is printed then.
 *
 * @throws CommandError when the arguments are not understood
 */
export function readStartArguments(
  args: readonly string[],
): StartFlags | undefined {
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
    .option(
      '--site-port <n>',
      'the port of the site; 0 takes a free one',
      flag.port,
      5_170,
    )
    .option('--no-site', 'the lessons alone')
    .option(
      '--allow-origin <origin>',
      'lets pages from elsewhere, such as https://example.org, read and publish; can be repeated',
      flag.origins,
    )
  return understood(command, args) ? command.opts<StartFlags>() : undefined
}
