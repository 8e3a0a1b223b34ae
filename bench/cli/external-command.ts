// `npm run bench -- external`: our generator of requests beside autocannon, wrk
// and h2load, on the polling endpoint.

import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import pc from 'picocolors'

import { CommandError } from '../../scripts/cli/command-error.ts'
import { runExternal } from '../external/external.ts'
import type {
  ExternalResult,
  ExternalRow,
  ExternalRun,
  Spread,
} from '../external/external-result.ts'
import { formatNumber } from '../report/format.ts'
import { writeWhole } from '../session.ts'
import type { AddCommand } from './add-command.ts'
import { whole } from './flags.ts'

interface Options {
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly seed?: number
  readonly json?: string
}

export const externalCommand: AddCommand = (program, choose) => {
  program
    .command('external')
    .description('autocannon, wrk and h2load beside our generator of requests')
    .option('--rounds <n>', 'how often each is run', whole(1, 100), 3)
    .option('--seconds <n>', 'of each run', whole(1, 60), 2)
    .option('--connections <n>', 'at the same time', whole(1, 1_000), 64)
    .option('--seed <n>', 'of the order of runs', whole(0, 4_294_967_295))
    .option('--json <file>', 'write the result there')
    .action((options: Options) => choose((signal) => compare(options, signal)))
}

async function compare(
  { json, seed = randomInt(2 ** 32), ...options }: Options,
  signal: AbortSignal,
): Promise<void> {
  const { isTTY } = process.stdout
  const result = await runExternal({
    ...options,
    seed,
    signal,
    tell(event) {
      if (event.is === 'skipped') process.stderr.write(`${event.reason}\n`)
      else if (!isTTY) console.log(JSON.stringify(brief(event.run)))
      else process.stdout.write(`\r\x1b[2K${event.run.order}/${event.of}`)
    },
  })
  if (json !== undefined)
    await writeWhole(
      pathToFileURL(resolve(json)),
      `${JSON.stringify(result)}\n`,
    )
  if (isTTY) process.stdout.write(`\r\x1b[2K${describe(result)}\n`)
  const failed = result.rows.filter(({ rounds }) => rounds === 0)
  if (failed.length > 0)
    throw new CommandError(
      failed
        .map(({ tool, failures }) => `${tool}: ${failures.join(' ')}`)
        .join('\n'),
      1,
    )
}

function brief({ figures, ...run }: ExternalRun) {
  const { latency: _, ...rest } = figures ?? {}
  return { ...run, figures: rest }
}

function describe({ rows, connections, seconds }: ExternalResult): string {
  const endpoints = [...new Set(rows.map(({ endpoint }) => endpoint))]
  return endpoints
    .map((endpoint) =>
      [
        pc.bold(
          `${endpoint}, ${connections} connections, ${seconds} s a run: requests a second`,
        ),
        ...rows.filter((row) => row.endpoint === endpoint).map(line),
      ].join('\n'),
    )
    .join('\n\n')
}

function line(row: ExternalRow): string {
  const { tool, requestsPerS, ratioToAutocannon, toolCpu, serverCpu } = row
  const limits = Object.entries(row.limits)
    .map(([limit, rounds]) => `${limit} ${rounds}`)
    .join(', ')
  return [
    `  ${tool.padEnd(11)}${spread(requestsPerS).padEnd(28)}`,
    ratioToAutocannon
      ? `${ratioToAutocannon.median.toFixed(2)} of autocannon`.padEnd(20)
      : ''.padEnd(20),
    `CPU ${toolCpu.median.toFixed(2)}, server ${serverCpu.median.toFixed(2)}`,
    `; limit: ${limits}`,
  ].join('')
}

function spread({ median, min, max }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`
}
