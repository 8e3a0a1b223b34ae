// `npm run bench -- aa`: how much this machine's figures differ from themselves.

import { randomInt } from 'node:crypto'

import pc from 'picocolors'

import { comparisonsWithItself, doubled, noiseOf } from '../aa.ts'
import { localResults } from '../results-folder.ts'
import { runSession, writeWhole } from '../session.ts'
import { efforts } from '../settings.ts'
import type { AddCommand } from './add-command.ts'
import {
  addFlags,
  contestantsOf,
  type Flags,
  scenariosOf,
  settingsOf,
} from './flags.ts'
import { writeNoise } from './noise.ts'
import { progressOf } from './progress.ts'

/** Below six rounds the test could not show a difference if there were one. */
const leastRounds = 6

export const aaCommand: AddCommand = (program, choose) => {
  addFlags(program.command('aa'))
    .argument('[scenario...]', 'push-latency and fan-out, if absent')
    .description(
      'measures contestants against themselves: the noise of this machine',
    )
    .action((ids: string[], flags: Flags) =>
      choose((signal) => measureNoise(ids, flags, signal)),
    )
}

async function measureNoise(
  ids: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const settings = settingsOf(flags)
  const rounds =
    flags.rounds ?? Math.max(leastRounds, efforts[settings.effort].rounds)
  const scenarios = await scenariosOf(
    ids.length > 0 ? ids : ['push-latency', 'fan-out'],
  )
  const contestants = doubled(await contestantsOf(flags, 'lessons', scenarios))
  const progress = progressOf(process.stdout)
  const result = await runSession({
    scenarios,
    contestants,
    settings: { ...settings, rounds },
    seed: flags.seed ?? randomInt(2 ** 32),
    command: 'npm run bench -- aa',
    signal,
    onRun: progress.onRun,
  }).finally(() => progress.end())

  const compared = comparisonsWithItself(result)
  const file = new URL(`${result.id}-aa.json`, localResults)
  await writeWhole(file, `${JSON.stringify(result)}\n`)
  const noise = noiseOf(compared)
  await writeNoise(noise)
  const differ = compared.filter(({ differs }) => differs)
  const lines = [
    ...Object.entries(noise).map(
      ([key, percent]) =>
        `  ${key.padEnd(34)} up to ${percent.toFixed(1)} % from itself`,
    ),
    `${compared.length - differ.length} of ${compared.length} comparisons of a contestant with itself show no difference.`,
    'No difference smaller than this is ranked in the next results.',
  ]
  const out = process.stdout.isTTY ? process.stdout : process.stderr
  out.write(`${pc.bold('The noise of this machine')}\n${lines.join('\n')}\n`)
}
