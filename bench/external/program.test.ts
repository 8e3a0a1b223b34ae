import { beforeEach, expect, test } from 'vitest'

import { onWindows } from '../../scripts/cli/running-command.ts'
import { processes } from './processes.ts'
import { cpuMsOf, findProgram, runProgram } from './program.ts'

const { signal } = new AbortController()

beforeEach(({ skip }) => skip(...onWindows('there is no /bin/sh')))

test('tells what a program has printed, its code and its CPU time', async () => {
  const script = 'echo out; echo err >&2; exit 3'
  const ended = await runProgram('/bin/sh', ['-c', script], {
    signal,
    limitMs: 5_000,
  })
  expect(ended).toMatchObject({ code: 3, printed: 'out\nerr\n' })
  expect(ended.cpuMs).toBeGreaterThanOrEqual(0)
})

test('counts the CPU time of the program, not of the shell', async () => {
  const busy =
    'const { user } = process.cpuUsage(); while (process.cpuUsage().user < user + 200_000);'
  const ended = await runProgram(process.execPath, ['-e', busy], {
    signal,
    limitMs: 10_000,
  })
  expect(ended.cpuMs).toBeGreaterThanOrEqual(200)
})

test.each([
  ['0m0.001s 0m0.002s\n0m0.410s 1m1.020s\n', 61_430],
  ['0m0.00s 0m0.00s\n0m0.41s 0m0.00s\n', 410],
])('reads the times %j', (times, ms) => {
  expect(cpuMsOf(times)).toBeCloseTo(ms)
})

test.each([
  ['the signal', () => abortSoon(), 60_000],
  ['the limit', () => signal, 300],
])(
  '%s ends the program and all that it has started',
  async (_, by, limitMs) => {
    // Neither its pid nor its child's is known before it runs: the arguments are.
    const seconds = String(10_000 + Math.floor(Math.random() * 1e9))
    const script = 'sleep "$0" & sleep "$0"'
    const args = ['-c', script, seconds]
    const ended = runProgram('/bin/sh', args, { signal: by(), limitMs })
    await expect(ended).rejects.toThrow(/abort|timeout/i)
    await expect.poll(() => processes(seconds)).toEqual([])
  },
)

test('finds what is on PATH, and nothing else', async () => {
  expect(await findProgram('sh', '/nowhere:/bin')).toBe('/bin/sh')
  expect(await findProgram('sh', '/nowhere')).toBeUndefined()
  expect(await findProgram('sh', '')).toBeUndefined()
})

function abortSoon(): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(300)])
}
