// `npm run cost`: what resume, backpressure and heartbeats cost, against the
// naive loop on the same protocol, and what an idle subscriber takes.

import pc from 'picocolors'
import { max, median, min } from 'simple-statistics'
import { parser, understood } from '../scripts/cli/parser.ts'
import { runProgram } from '../scripts/cli/program.ts'
import { requireNode } from '../scripts/node-version.ts'
import { contestantsOf, scenariosOf, whole } from './cli/flags.ts'
import { progressOf } from './cli/progress.ts'
import type { Run } from './result.ts'
import { runSession } from './session.ts'
import { efforts, usualBytes, usualPollMs } from './settings.ts'

requireNode()

/** The bars of the project: a lesson that costs more is a bug. */
const mostRatio = 1.15
const mostKib = 30

const pairs = [
  ['03-http-streaming', 'naive-http-streaming'],
  ['04-server-sent-events', 'naive-server-sent-events'],
  ['05-websocket', 'naive-websocket'],
] as const

const command = parser('npm run cost')
  .description('Server CPU for each delivery, against the naive loop.')
  .option('--rounds <n>', 'how often each is measured', whole(1, 100), 7)
  .option('--subscribers <n>', 'who read', whole(1, 5_000), 500)
  .option('--idle <n>', 'who wait', whole(10, 15_000), 10_000)

await runProgram(async (signal) => {
  if (!understood(command, process.argv.slice(2))) return
  const { rounds, subscribers, idle } =
    command.opts<Record<'rounds' | 'subscribers' | 'idle', number>>()

  const delivered = await measure('fan-out', pairs.flat(), {
    rounds,
    subscribers,
    signal,
  })
  console.log(
    `Server CPU for each delivery: ${usualBytes} bytes to ${subscribers} subscribers, ${rounds} rounds\n`,
  )
  for (const [own, naive] of pairs) {
    const [ours, theirs] = [own, naive].map((id) =>
      figures(delivered, id, 'serverUsPerDelivery'),
    )
    if (!ours?.length || ours.length !== theirs?.length)
      throw new Error(`${own} and ${naive} were not measured alike.`)
    // By turns, so that each round's two meet the same machine.
    const ratios = ours.map((us, round) => us / (theirs[round] ?? 0))
    const ratio = median(ratios)
    tell(
      ratio <= mostRatio,
      `${own.padEnd(22)} ${median(ours).toFixed(2)} us, naive ${median(theirs).toFixed(2)} us: ratio ${ratio.toFixed(2)} (${min(ratios).toFixed(2)} to ${max(ratios).toFixed(2)}), at most ${mostRatio}`,
    )
  }

  const waited = await measure(
    'memory',
    ['04-server-sent-events', '05-websocket'],
    {
      rounds: 1,
      subscribers: idle,
      signal,
    },
  )
  console.log(
    `\nResident memory of the server for each of ${idle} idle subscribers, whom a message reached\n`,
  )
  for (const { contestant } of waited) {
    const [kib = Number.NaN] = figures(waited, contestant, 'residentKiB')
    tell(
      kib < mostKib,
      `${contestant.padEnd(22)} ${kib.toFixed(1)} KiB, below ${mostKib}`,
    )
  }
})

async function measure(
  scenario: string,
  contestants: readonly string[],
  options: { rounds: number; subscribers: number; signal: AbortSignal },
): Promise<readonly Run[]> {
  const { rounds, subscribers, signal } = options
  const progress = progressOf(process.stderr)
  const scenarios = await scenariosOf([scenario])
  const { runs } = await runSession({
    scenarios,
    contestants: await contestantsOf(
      { contestants: contestants.join() },
      'all',
      scenarios,
    ),
    settings: {
      effort: 'normal',
      rounds,
      seconds: efforts.normal.seconds,
      subscribers,
      bytes: usualBytes,
      tls: false,
      pollEveryMs: usualPollMs,
    },
    seed: 1,
    command: 'npm run cost',
    signal,
    onRun: process.stderr.isTTY ? progress.onRun : undefined,
  }).finally(() => progress.end())
  signal.throwIfAborted()
  return runs
}

/** In the order of the rounds. A run that delivered too little is none. */
function figures(runs: readonly Run[], id: string, metric: string): number[] {
  return runs
    .filter(
      ({ contestant, verdict }) =>
        contestant === id && verdict !== 'invalid' && verdict !== 'lossy',
    )
    .sort((a, b) => a.round - b.round)
    .flatMap(({ figures }) => figures[metric] ?? [])
}

function tell(holds: boolean, line: string): void {
  console.log(holds ? pc.green(line) : pc.red(line))
  if (!holds) process.exitCode = 1
}
