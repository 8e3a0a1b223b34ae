// `npm run bench -- selftest`: whether this machine's figures can be believed.

import pc from 'picocolors'

import { CommandError } from '../../scripts/cli/command-error.ts'
import { formatNumber } from '../report/format.ts'
import { knownAnswers } from '../selftest/known-answers.ts'
import { capacity, recordingUs } from '../selftest/own-cost.ts'
import type { AddCommand } from './add-command.ts'

export const selftestCommand: AddCommand = (program, choose) => {
  program
    .command('selftest')
    .description('asks questions whose answers are known')
    .action(() => choose(selftest))
}

async function selftest(signal: AbortSignal): Promise<void> {
  let wrong = 0
  for (const { sentence, ask } of knownAnswers) {
    const { holds, found, noisy } = await ask(signal)
    if (!holds) wrong++
    const mark = holds ? pc.green('✓') : pc.red('✗')
    const caveat = noisy ? ' Other programs used the machine meanwhile.' : ''
    console.log(`${mark} ${sentence}\n  ${pc.dim(found + caveat)}`)
  }
  const us = recordingUs()
  const { deliveriesPerS, generator, server } = await capacity(signal)
  console.log(
    `\nTo record a delivery takes ${us.toFixed(2)} us.\n${formatNumber(deliveriesPerS)} deliveries a second of raw TCP keep the generator ${Math.round(100 * generator)} % busy, the server ${Math.round(100 * server)} %.`,
  )
  if (wrong > 0)
    throw new CommandError(
      `${wrong} of ${knownAnswers.length} known answers did not come out: figures of this machine cannot be believed.`,
      1,
    )
}
