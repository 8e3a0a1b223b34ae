// `npm run fuzz`: sends malformed requests to every lesson's server, and tells
// what of it was left, and what was not caught.

import { Command } from 'commander'
import pc from 'picocolors'

import { findLesson, loadLessons } from '../lessons/index.ts'
import { fuzz } from '../lessons/requirements/fuzz.ts'
import * as flag from './cli/flags.ts'
import { requireNode } from './node-version.ts'

requireNode()

/** For each request that has gone, of a heap that is at rest: noise is some 100 KiB in all. */
const mostHeapKiB = 1_024

const { lessons, requests, seed } = new Command('fuzz')
  .description('Send malformed requests to the servers of all lessons.')
  .option('--lessons <numbers>', 'such as 4,5; all if absent', (text) =>
    text.split(','),
  )
  .option('--requests <n>', 'over all servers', flag.count, 10_000)
  .option('--seed <n>', 'the same seed sends the same bytes', flag.count, 1)
  .parse()
  .opts<{ lessons?: string[]; requests: number; seed: number }>()

const all = await (lessons
  ? Promise.all(lessons.map(findLesson))
  : loadLessons())
const able = all.filter(({ encrypted, udp }) => !encrypted || udp)
for (const lesson of all) {
  const name = lesson.folder.padEnd(24)
  if (!able.includes(lesson)) {
    console.log(`${name} left out: ${lesson.encrypted}`)
    continue
  }
  try {
    const share = Math.ceil(requests / able.length)
    const signal = AbortSignal.timeout(10 * 60_000)
    const result = await fuzz(lesson, { requests: share, seed, signal })
    const { sent, answered, uncaught, heapKiB } = result
    const isClean = uncaught.length === 0 && heapKiB < mostHeapKiB
    const paint = isClean ? pc.green : pc.red
    const errors = uncaught.map(({ message }) => `\n  ${message}`).join('')
    console.log(
      paint(
        `${name} ${sent} sent, ${answered} answered, ${uncaught.length} uncaught, nothing left, heap ${heapKiB < 0 ? '' : '+'}${heapKiB.toFixed(0)} KiB${errors}`,
      ),
    )
    if (!isClean) process.exitCode = 1
  } catch (error) {
    process.exitCode = 1
    console.log(
      pc.red(`${name} ${error instanceof Error ? error.message : error}`),
    )
  }
}
