// `npm run bench -- list`: the questions, and who can be asked.

import pc from 'picocolors'

import type { Entrant } from '../contestant.ts'
import { loadContestants } from '../contestants.ts'
import { whyAbsent } from '../plan.ts'
import type { NamedScenario } from '../scenario.ts'
import { loadScenarios } from '../scenarios.ts'
import type { AddCommand } from './add-command.ts'

export const listCommand: AddCommand = (program, choose) => {
  program
    .command('list')
    .description('all scenarios and contestants')
    .action(() => choose(list))
}

async function list(): Promise<void> {
  const scenarios = await loadScenarios()
  const contestants = await loadContestants()
  const lines = [
    pc.bold('Scenarios'),
    ...scenarios.map(({ id, question }) => `  ${id.padEnd(16)}${question}`),
    '',
    pc.bold('Contestants'),
    ...contestants.map(describe),
    ...scenarios.flatMap((scenario) =>
      'contestants' in scenario
        ? [
            '',
            pc.bold(`Contestants of ${scenario.id} alone`),
            ...scenario.contestants.map(describe),
          ]
        : [],
    ),
    '',
    pc.bold('Cells that stay empty'),
    ...scenarios.flatMap((scenario) =>
      contestantsOf(scenario, contestants).flatMap((contestant) => {
        const reason = whyAbsent(scenario, contestant)
        return reason ? [`  ${scenario.id}, ${contestant.id}: ${reason}`] : []
      }),
    ),
  ]
  console.log(lines.join('\n'))
}

function describe({ id, transport, implementation }: Entrant): string {
  return `  ${id.padEnd(26)}${transport}, ${implementation}`
}

function contestantsOf(
  scenario: NamedScenario,
  all: readonly Entrant[],
): readonly Entrant[] {
  return 'contestants' in scenario ? scenario.contestants : all
}
