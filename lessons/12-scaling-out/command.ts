// `npm run lesson 12`: nodes around a Redis, and what goes wrong with them.

import { randomBytes } from 'node:crypto'
import { colors } from '../../scripts/cli/colors.ts'

import { CommandError } from '../../scripts/cli/command-error.ts'
import * as flag from '../../scripts/cli/flags.ts'
import { parser, understood } from '../../scripts/cli/parser.ts'
import {
  findNginx,
  howToGetNginx,
} from '../13-in-production/behind-nginx/nginx.ts'
import { RedisLink } from './redis-link.ts'
import { findRedis, howToGetRedis } from './redis-server.ts'
import { type StoryOptions, tellStory } from './trial/story.ts'
import { runTrial } from './trial/trial.ts'

interface Flags {
  readonly feed?: URL
  readonly nodes: number
  readonly subscribers: number
  readonly rate: number
  readonly seed: number
  readonly schedules?: number
  readonly nginx?: boolean
}

const help = `
Without a flag it starts a Redis and two nodes, and lets one thing go wrong after
the other. With --schedules it plays that many schedules of faults, each from its
seed: --seed, and the numbers after it. The code of the end is 1 when something
was lost or came twice.

Examples:
  npm run lesson 12
  npm run lesson 12 -- --nginx
  npm run lesson 12 -- --schedules 50 --subscribers 1000
  npm run lesson 12 -- --schedules 1 --seed 7 --subscribers 1000
  npm run lesson 12 -- --feed redis://127.0.0.1:6379`

export async function command(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const flags = readFlags(args)
  if (flags === undefined) return
  try {
    await (flags.schedules === undefined ? show : play)(flags, signal)
  } catch (error) {
    // Ctrl-C is no failure of what it ends.
    if (!signal.aborted) throw error
  }
}

function readFlags(args: readonly string[]): Flags | undefined {
  const command = parser('npm run lesson 12')
    .usage('[-- flags]')
    .option(
      '--feed <url>',
      'a Redis that runs already (default: REDIS_URL, or one that is started)',
      flag.redisUrl,
    )
    .option('--nodes <n>', 'how many servers', flag.count, 2)
    .option('--subscribers <n>', 'how many of all servers', flag.count, 20)
    .option('--rate <n>', 'messages a second', flag.count, 10)
    .option('--nginx', 'one before the nodes, with one address for all')
    .option('--schedules <n>', 'play seeded faults instead', flag.count)
    .option('--seed <n>', 'of the first schedule', flag.count, 1)
    .addHelpText('after', help)
  if (!understood(command, args)) return undefined
  const { REDIS_URL } = process.env
  const flags = command.opts<Flags>()
  return REDIS_URL ? { feed: flag.redisUrl(REDIS_URL), ...flags } : flags
}

async function show(flags: Flags, signal: AbortSignal): Promise<void> {
  const { feed, nodes, subscribers, rate: ratePerS, nginx } = flags
  if (nginx && !findNginx()) throw new CommandError(howToGetNginx, 1)
  const options = { nodes, subscribers, ratePerS, nginx, signal, tell }
  if (feed) return showAt(feed, options)
  if (findRedis()) return void (await tellStory(options))
  tell('redis', howToGetRedis)
  tell('redis', 'Until then, each node has a feed in its own memory:')
  await tellStory({ ...options, redis: 'none' })
}

/** Somebody else's Redis has afterwards what it had before. */
async function showAt(redis: URL, options: StoryOptions): Promise<void> {
  const stream = `push-trial-${randomBytes(6).toString('hex')}`
  const link = await RedisLink.open(redis, stream).catch((error: Error) => {
    throw new CommandError(error.message, 1, { cause: error })
  })
  try {
    tell('redis', `${redis.host}, which runs already, is left alone`)
    await tellStory({ ...options, redis, stream })
  } finally {
    await link.forget()
    link.close()
  }
}

/** The schedules, a line each. */
async function play(flags: Flags, signal: AbortSignal): Promise<void> {
  const { nodes, subscribers, rate: ratePerS, seed: first } = flags
  if (flags.feed)
    throw new CommandError(
      'A schedule kills its Redis, so it takes one of its own: leave out --feed and REDIS_URL.',
      2,
    )
  if (!findRedis()) throw new CommandError(howToGetRedis, 1)
  const total = { published: 0, lost: 0, twice: 0, gaps: 0 }
  const { schedules = 1 } = flags
  for (let seed = first; seed < first + schedules; seed++) {
    const faults: string[] = []
    const account = await runTrial({
      seed,
      subscribers,
      ratePerS,
      nodes,
      signal,
      onFault: (id, isOver) => isOver || faults.push(id),
    })
    const { published, lost, twice, gaps, moves } = account
    const isClean = lost + twice + gaps === 0
    const line = `${published} published, ${lost} lost, ${twice} twice, ${gaps} gaps, ${moves} attempts elsewhere  ${faults.join(' ')}`
    tell(`seed ${seed}`, isClean ? line : colors.red(line))
    for (const what of ['published', 'lost', 'twice', 'gaps'] as const)
      total[what] += account[what]
  }
  tell(
    'all',
    `${schedules} schedules, ${subscribers} subscribers on ${nodes} nodes: ${total.published} published, ${total.lost} lost, ${total.twice} twice, ${total.gaps} gaps`,
  )
  if (total.lost + total.twice + total.gaps > 0) process.exitCode = 1
}

function tell(who: string, line: string): void {
  process.stdout.write(`${colors.dim(who.padEnd(8))}${line}\n`)
}
