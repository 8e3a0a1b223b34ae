// `npm run bench` and `npm run bench -- run …`: measure, show, keep.

import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { CommandError } from '../../scripts/cli/command-error.ts'
import { loadContestants } from '../contestants.ts'
import { whyNoPrivateNetwork } from '../link/namespace.ts'
import { withControl } from '../plan.ts'
import { renderReport } from '../report/report.ts'
import type { Result } from '../result.ts'
import { localResults } from '../results-folder.ts'
import { runSession, writeWhole } from '../session.ts'
import type { AddCommand } from './add-command.ts'
import {
  addFlags,
  contestantsOf,
  type Flags,
  scenariosOf,
  settingsOf,
} from './flags.ts'
import { readNoise } from './noise.ts'
import { commandLine, ownPath } from './own-path.ts'
import { progressOf } from './progress.ts'
import { tableOf } from './table.ts'

/** What the tour looks at: one question each of speed, scale and cost. */
const tour = ['push-latency', 'fan-out', 'memory', 'wire']

export const tourCommand: AddCommand = (program, choose) => {
  addFlags(program.command('tour', { isDefault: true }))
    .description(`the quick tour: ${tour.join(', ')}`)
    .action((flags: Flags) =>
      choose((signal) => measure(tour, flags, 'lessons', signal)),
    )
}

export const runCommand: AddCommand = (program, choose) => {
  addFlags(program.command('run'))
    .argument('<scenario...>', 'such as push-latency; "list" names them')
    .description('put these questions to every contestant')
    .action((ids: string[], flags: Flags) =>
      choose((signal) => measure(ids, flags, 'all', signal)),
    )
}

async function measure(
  ids: readonly string[],
  flags: Flags,
  usual: 'lessons' | 'all',
  signal: AbortSignal,
): Promise<void> {
  const tourRounds = ids === tour && flags.rounds === undefined
  const settings = { ...settingsOf(flags), tour: tourRounds }
  const scenarios = await scenariosOf(ids)
  const chosen = await contestantsOf(flags, usual, scenarios)
  const why = settings.link?.by === 'nft' && (await whyNoPrivateNetwork())
  if (why) throw new CommandError(why, 2)
  const progress = progressOf(process.stdout)
  let result: Result
  try {
    result = await runSession({
      scenarios,
      contestants: withControl(chosen, await loadContestants()),
      settings,
      seed: flags.seed ?? randomInt(2 ** 32),
      command: commandLine(process.argv.slice(2)),
      noisePercent: await readNoise(),
      signal,
      onRun: progress.onRun,
    })
  } finally {
    progress.end()
  }
  if (result.runs.length > 0) await keep(result, flags.json)
  if (signal.aborted) return // The exit code tells; what there was is kept.
  if (result.runs.every(({ verdict }) => verdict === 'invalid'))
    throw new CommandError(
      `Not one run succeeded: ${result.runs[0]?.reasons[0] ?? 'nobody can be asked this.'}`,
      1,
    )
}

/** Shows the result, and writes it where it is asked for, or among the reader's own. */
async function keep(result: Result, json: string | undefined): Promise<void> {
  const file =
    json === undefined
      ? new URL(`${result.id}.json`, localResults)
      : pathToFileURL(resolve(json))
  const page = new URL(file.href.replace(/(\.json)?$/, '.html'))
  await writeWhole(file, `${JSON.stringify(result)}\n`)
  await writeWhole(page, await renderReport(result))

  const where = [
    ...(result.complete
      ? []
      : ['Ended early: what was measured until then is kept.']),
    `Result  ${ownPath(fileURLToPath(file))}`,
    `Report  ${ownPath(fileURLToPath(page))}`,
  ].join('\n')
  if (process.stdout.isTTY) {
    const width = process.stdout.columns ?? 80
    process.stdout.write(`${tableOf(result, width)}\n\n${where}\n`)
  } else {
    // Standard output is one JSON line for each run, and nothing else.
    process.stderr.write(`${where}\n`)
  }
}
