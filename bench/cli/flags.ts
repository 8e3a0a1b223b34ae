// The flags of the benchmark, and what their values must look like.

import { type Command, InvalidArgumentError } from 'commander'

import { findLesson } from '../../lessons/index.ts'
import { CommandError } from '../../scripts/cli/command-error.ts'
import type { Entrant } from '../contestant.ts'
import { loadContestants } from '../contestants.ts'
import { type LinkOptions, parseLink } from '../link/link-options.ts'
import { markBytes } from '../load/mark.ts'
import { askedBy } from '../plan.ts'
import type { Effort } from '../result.ts'
import type { NamedScenario } from '../scenario.ts'
import { loadScenarios } from '../scenarios.ts'
import { efforts, type Settings, usualBytes, usualPollMs } from '../settings.ts'

/** As commander reads them. */
export interface Flags {
  readonly lessons?: string
  readonly contestants?: string
  readonly quick?: boolean
  readonly normal?: boolean
  readonly publish?: boolean
  readonly rounds?: number
  readonly seconds?: number
  readonly rate?: number
  readonly subscribers?: number
  readonly size?: number
  readonly poll?: number
  readonly tls?: boolean
  readonly link?: LinkOptions
  readonly seed?: number
  readonly json?: string
}

export function addFlags(command: Command): Command {
  return command
    .option('--lessons <list>', 'which lessons, such as 4,5')
    .option(
      '--contestants <list>',
      'which contestants by name, or "lessons", or "all"',
    )
    .option('--quick', 'few and short rounds: the default')
    .option('--normal', `${efforts.normal.rounds} rounds`)
    .option('--publish', `${efforts.publish.rounds} rounds, for others to read`)
    .option('--rounds <n>', 'how often each is measured', whole(1, 1_000))
    .option('--seconds <s>', 'how long a window lasts', number(0.1, 600))
    .option('--rate <n>', 'messages a second', number(0.1, 100_000))
    .option('--subscribers <n>', 'how many subscribe', whole(1, 20_000))
    .option('--size <bytes>', 'of a message', whole(markBytes, 1_000_000))
    .option('--poll <ms>', 'how often polling clients ask', whole(1, 60_000))
    .option('--tls', 'everything over TLS')
    .option('--link <link>', 'such as rtt=50,bw=1m,loss=1', link)
    .option('--seed <n>', 'of the order of runs', whole(0, 4_294_967_295))
    .option('--json <file>', 'write the result there as well')
}

export function settingsOf(flags: Flags): Settings {
  const chosen = (['quick', 'normal', 'publish'] as const).filter(
    (effort) => flags[effort],
  )
  if (chosen.length > 1)
    throw new CommandError(
      `--${chosen.join(' and --')} exclude each other. Give one of them.`,
      2,
    )
  const effort: Effort = chosen[0] ?? 'quick'
  return {
    effort,
    rounds: flags.rounds ?? efforts[effort].rounds,
    seconds: flags.seconds ?? efforts[effort].seconds,
    ratePerS: flags.rate,
    subscribers: flags.subscribers,
    bytes: flags.size ?? usualBytes,
    tls: flags.tls ?? false,
    link: flags.link,
    pollEveryMs: flags.poll ?? usualPollMs,
  }
}

/**
 * Who is asked: of those who carry a feed, and of those that a scenario brings.
 *
 * @param usual what is meant when nothing is said; a scenario's own all take part
 * @throws CommandError for one that there is not, and for a scenario that would
 *   be put to nobody
 */
export async function contestantsOf(
  flags: Pick<Flags, 'lessons' | 'contestants'>,
  usual: 'lessons' | 'all',
  scenarios: readonly NamedScenario[],
): Promise<Entrant[]> {
  const own = scenarios.flatMap((scenario): readonly Entrant[] =>
    'contestants' in scenario ? scenario.contestants : [],
  )
  const all: Entrant[] = [...(await loadContestants()), ...own]
  const lessons = all.filter(({ kind }) => kind === 'lesson')
  const chosen = await choose(flags, usual, { all, lessons, own })
  for (const scenario of scenarios)
    if (askedBy(scenario, chosen).length === 0)
      throw new CommandError(
        `${scenario.id} is put to none of those. It is put to: ${askedBy(
          scenario,
          all,
        )
          .map(({ id }) => id)
          .join(', ')}.`,
        2,
      )
  return chosen
}

interface Choice {
  readonly all: readonly Entrant[]
  readonly lessons: readonly Entrant[]
  /** Those that scenarios bring. */
  readonly own: readonly Entrant[]
}

async function choose(
  flags: Pick<Flags, 'lessons' | 'contestants'>,
  usual: 'lessons' | 'all',
  { all, lessons, own }: Choice,
): Promise<Entrant[]> {
  const wanted = new Set<string>()
  for (const query of listed(flags.lessons)) wanted.add(await lessonOf(query))
  if (flags.lessons === undefined && flags.contestants === undefined)
    return usual === 'all' ? [...all] : [...lessons, ...own]
  const names = listed(flags.contestants)
  for (const name of names) {
    const found =
      name === 'all'
        ? all
        : name === 'lessons'
          ? lessons
          : all.filter(({ id }) => id === name)
    if (found.length === 0)
      throw new CommandError(
        `There is no contestant "${name}". There are: ${all.map(({ id }) => id).join(', ')}.`,
        2,
      )
    for (const { id } of found) wanted.add(id)
  }
  return all.filter(({ id }) => wanted.has(id))
}

/** @throws CommandError for one that there is not */
export async function scenariosOf(
  ids: readonly string[],
): Promise<NamedScenario[]> {
  const all = await loadScenarios()
  return ids.map((id) => {
    const found = all.find((scenario) => scenario.id === id)
    if (found !== undefined) return found
    throw new CommandError(
      `There is no scenario "${id}". There are: ${all.map((one) => one.id).join(', ')}.`,
      2,
    )
  })
}

async function lessonOf(query: string): Promise<string> {
  try {
    return (await findLesson(query)).folder
  } catch (error) {
    throw new CommandError((error as Error).message, 2)
  }
}

function listed(text = ''): string[] {
  return text.split(',').filter((part) => part !== '')
}

export function whole(least: number, most: number) {
  return (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(
      `It must be a whole number from ${least} to ${most}.`,
    )
  }
}

function number(least: number, most: number) {
  return (text: string): number => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(
      `It must be a number from ${least} to ${most}.`,
    )
  }
}

function link(text: string): LinkOptions {
  try {
    return parseLink(text)
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`)
  }
}
