// `npm run soak`: cuts every lesson's connections at random bytes while
// messages flow, and counts what was lost and what came twice.

import { Command, InvalidArgumentError } from 'commander'
import pc from 'picocolors'

import { findLesson, loadLessons } from '../lessons/index.ts'
import { soak } from '../lessons/requirements/soak.ts'
import { requireNode } from './node-version.ts'

requireNode()

const { lessons, cuts, seed, minutes } = new Command('soak')
  .description('Cut connections at random bytes while messages flow.')
  .option('--lessons <numbers>', 'such as 4,5; all if absent', split)
  .option('--cuts <n>', 'how often each of the six clients is cut', whole, 200)
  .option('--seed <n>', 'the same seed cuts at the same bytes', whole, 1)
  .option('--minutes <n>', 'how long one lesson may take', whole, 5)
  .parse()
  .opts<{ lessons?: string[]; cuts: number; seed: number; minutes: number }>()

let failed = false
for (const lesson of await (lessons
  ? Promise.all(lessons.map(findLesson))
  : loadLessons())) {
  const start = performance.now()
  const name = lesson.folder.padEnd(24)
  try {
    const signal = AbortSignal.timeout(minutes * 60_000)
    const result = await soak(lesson, { cuts, seed, signal })
    const seconds = ((performance.now() - start) / 1_000).toFixed(1)
    const clean = result.lost === 0 && result.doubled === 0
    failed ||= !clean
    const paint = clean ? pc.green : pc.red
    console.log(
      paint(
        `${name} ${result.cuts} cuts, 6 x ${result.published} messages: ${result.lost} lost, ${result.doubled} twice (${seconds} s)`,
      ),
    )
  } catch (error) {
    failed = true
    console.log(
      pc.red(`${name} ${error instanceof Error ? error.message : error}`),
    )
  }
}
process.exitCode = failed ? 1 : 0

function split(value: string): string[] {
  return value.split(',')
}

function whole(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
