// What `npm run bench` can be asked for.

import { parser, understood } from '../../scripts/cli/parser.ts'
import { aaCommand } from './aa-command.ts'
import type { AddCommand, Work } from './add-command.ts'
import { compareCommand } from './compare-command.ts'
import { envCommand } from './env-command.ts'
import { externalCommand } from './external-command.ts'
import { listCommand } from './list-command.ts'
import { reportCommand } from './report-command.ts'
import { runCommand, tourCommand } from './run-command.ts'
import { selftestCommand } from './selftest-command.ts'

const commands: readonly AddCommand[] = [
  tourCommand,
  runCommand,
  listCommand,
  compareCommand,
  aaCommand,
  selftestCommand,
  envCommand,
  reportCommand,
  externalCommand,
]

/** @throws CommandError with a sentence when the arguments make no sense */
export async function benchCommand(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  let work: Work | undefined
  const program = parser('npm run bench').description(
    'Measures what each transport costs: latency, throughput, memory, bytes.',
  )
  program.addHelpText(
    'after',
    '\nThe flags of the tour and of run: npm run bench -- run --help',
  )
  for (const add of commands)
    add(program, (chosen) => {
      work = chosen
    })
  if (understood(program, args)) await work?.(signal)
}
