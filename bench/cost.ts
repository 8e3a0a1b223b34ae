// `npm run cost`: what resume, backpressure and heartbeats cost, against the
// naive loop on the same protocol, and what an idle subscriber takes.

import { Command, InvalidArgumentError } from 'commander'
import pc from 'picocolors'
import { max, median, min } from 'simple-statistics'

import { requireNode } from '../scripts/node-version.ts'
import { measureDelivery, measureIdle } from './cost/measure.ts'

requireNode()

/** The bars of the project: a lesson that costs more is a bug. */
const mostRatio = 1.15
const mostKib = 30

const lessons = [
  '03-http-streaming',
  '04-server-sent-events',
  '05-websocket',
] as const

const { rounds, messages, subscribers, idle } = new Command('cost')
  .description('Server CPU for each delivery, against the naive loop.')
  .option('--rounds <n>', 'how often each is measured, by turns', whole, 7)
  .option('--messages <n>', 'messages a round', whole, 200)
  .option('--subscribers <n>', 'subscribers that read', whole, 500)
  .option('--idle <n>', 'subscribers that wait', whole, 10_000)
  .parse()
  .opts<Record<'rounds' | 'messages' | 'subscribers' | 'idle', number>>()

console.log(
  `Server CPU for each delivery: 64 bytes to ${subscribers} subscribers, ${messages} messages, ${rounds} rounds, by turns\n`,
)
for (const lesson of lessons) {
  const own = `../../lessons/${lesson}/server.ts`
  const naive = `../contestants/naive-${lesson.slice(3)}.ts`
  const ratios: number[] = []
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    // By turns, and each one first in every other round.
    const measured: Record<string, number> = {}
    const pair = round % 2 === 0 ? [own, naive] : [naive, own]
    for (const module of pair) {
      const delivery = await measureDelivery(module, subscribers, messages)
      measured[module] = delivery.cpuUsPerDelivery
    }
    const { [own]: a = Number.NaN, [naive]: b = Number.NaN } = measured
    ours.push(a)
    theirs.push(b)
    ratios.push(a / b)
  }
  const ratio = median(ratios)
  verdict(
    ratio <= mostRatio,
    `${lesson.padEnd(22)} ${median(ours).toFixed(2)} us, naive ${median(theirs).toFixed(2)} us: ratio ${ratio.toFixed(2)} (${min(ratios).toFixed(2)} to ${max(ratios).toFixed(2)}), at most ${mostRatio}`,
  )
}

console.log(
  `\nResident memory of the server for each of ${idle} idle subscribers\n`,
)
for (const lesson of lessons.slice(1)) {
  const { kibPerSubscriber, reached } = await measureIdle(
    `../../lessons/${lesson}/server.ts`,
    idle,
  )
  verdict(
    kibPerSubscriber < mostKib && reached === idle,
    `${lesson.padEnd(22)} ${kibPerSubscriber.toFixed(1)} KiB, below ${mostKib}; a message reached ${reached} of them`,
  )
}

function verdict(holds: boolean, line: string): void {
  console.log(holds ? pc.green(line) : pc.red(line))
  if (!holds) process.exitCode = 1
}

function whole(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
