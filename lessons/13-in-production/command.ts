// `npm run lesson 13`: the topics of this lesson, and each of them.

import { colors } from '../../scripts/cli/colors.ts'
import { CommandError } from '../../scripts/cli/command-error.ts'
import { parser, understood } from '../../scripts/cli/parser.ts'
import { loadTopic, print, topicNames } from './topic.ts'

export async function command(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const names = topicNames()
  const command = parser('npm run lesson 13')
    .usage('[-- topic]')
    .argument('[topic]', names.join(', '))
  if (!understood(command, args)) return
  const [name] = command.args
  if (name === undefined) return list(names)
  if (!names.includes(name))
    throw new CommandError(
      `There is no topic "${name}", only ${names.join(', ')}.`,
      2,
    )
  const topic = await loadTopic(name)
  try {
    await topic.run(signal)
  } catch (error) {
    // Ctrl-C is no failure of what it ends.
    if (!signal.aborted) throw error
  }
}

async function list(names: readonly string[]): Promise<void> {
  const width = Math.max(...names.map(({ length }) => length))
  for (const name of names) {
    const { about } = await loadTopic(name)
    const room = ' '.repeat(width - name.length)
    print(`npm run lesson 13 -- ${colors.bold(name)}${room}  ${about}`)
  }
}
