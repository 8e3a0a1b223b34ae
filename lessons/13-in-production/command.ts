// `npm run lesson 13`: the topics of this lesson, and each of them.

import { colors } from '../../scripts/cli/colors.ts'
import { CommandError } from '../../scripts/cli/command-error.ts'
import { parser, understood } from '../../scripts/cli/parser.ts'
import { tell as tellNginx } from './behind-nginx/tell.ts'
import { tell as tellStorm } from './storm/tell.ts'

interface Topic {
  /** In half a sentence. */
  readonly about: string
  run(signal: AbortSignal): Promise<void>
}

const topics: Readonly<Record<string, Topic>> = {
  nginx: {
    about: 'when messages arrive behind nginx, as it comes and as it should be',
    run: tellNginx,
  },
  storm: {
    about: 'when 2,000 clients come back to a server that was restarted',
    run: tellStorm,
  },
}

export async function command(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const command = parser('npm run lesson 13')
    .usage('[-- topic]')
    .argument('[topic]', Object.keys(topics).join(', '))
  if (!understood(command, args)) return
  const [name] = command.args
  if (name === undefined) return list()
  const topic = topics[name]
  if (topic === undefined)
    throw new CommandError(
      `There is no topic "${name}", only ${Object.keys(topics).join(', ')}.`,
      2,
    )
  try {
    await topic.run(signal)
  } catch (error) {
    // Ctrl-C is no failure of what it ends.
    if (!signal.aborted) throw error
  }
}

function list(): void {
  for (const [name, { about }] of Object.entries(topics))
    process.stdout.write(
      `npm run lesson 13 -- ${colors.bold(name.padEnd(8))}${about}\n`,
    )
}
