// What the command answers to wrong arguments, and how it compares.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { sampleResult } from '../report/sample-result.ts'
import type { Result } from '../result.ts'
import { benchCommand } from './bench-command.ts'

const { signal } = new AbortController()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => {
  process.exitCode = undefined
})

const refusals: [args: string[], sentence: RegExp][] = [
  [['run', 'latency'], /^There is no scenario "latency". There are: push-/],
  [['run', 'echo', '--lessons', '99'], /^There is no lesson "99", only 01-/],
  [['run', 'echo', '--contestants', 'x'], /^There is no contestant "x"/],
  [['run', 'echo', '--quick', '--publish'], /exclude each other/],
  [['run', 'echo', '--link', 'rtt=far'], /expected rtt in ms from 0 to 10000/],
  [['run', 'echo', '--size', '10'], /whole number from 33 to 1000000/],
  [['run', 'echo', '--speed', '10'], /^Unknown option '--speed'/],
  [
    ['run', 'page-load', '--lessons', '5'],
    /^page-load is put to none of those/,
  ],
  [
    ['run', 'echo', '--contestants', 'http1'],
    /^There is no contestant "http1"/,
  ],
  [['run'], /^Missing required argument 'scenario'/],
  [['compare', 'none.json', 'none.json'], /^There is no file none.json/],
  [['report', 'package.json'], /package.json is no result of this benchmark/],
  [['report', 'README.md'], /README.md must be a benchmark's result in JSON/],
]

test.for(refusals)('%j is refused in a sentence', async ([args, sentence]) => {
  await expect(benchCommand(args, signal)).rejects.toMatchObject({
    message: expect.stringMatching(sentence),
    exitCode: 2,
  })
})

test('a result that became worse ends with 1, and one that did not with 0', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const before = manyRounds()
  const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')]
  await writeFile(a, JSON.stringify(before))
  await writeFile(b, JSON.stringify(slower(before)))
  await benchCommand(['compare', a, b], signal)
  expect(process.exitCode).toBe(1)
  expect(log.mock.calls.join('\n')).toMatch(/\| worse/)
  process.exitCode = undefined
  await benchCommand(['compare', a, a], signal)
  expect(process.exitCode).toBeUndefined()
  log.mockRestore()
})

/** Enough rounds to prove something of this many figures. */
function manyRounds(): Result {
  const runs = [7, 8, 9].flatMap((seed, n) =>
    sampleResult({ seed, samples: 200 }).runs.map((run) => ({
      ...run,
      round: run.round + n * 10,
    })),
  )
  return { ...sampleResult({ samples: 200 }), runs }
}

/** Everything takes twice as long. */
function slower(result: Result): Result {
  const twice = ([id, value]: [string, number]) => [id, 2 * value]
  return {
    ...result,
    runs: result.runs.map((run) => ({
      ...run,
      figures: Object.fromEntries(Object.entries(run.figures).map(twice)),
    })),
  }
}
