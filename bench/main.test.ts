// The command as a whole: what it writes, how it ends, and what it leaves.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { onWindows } from '../scripts/cli/running-command.ts'
import { type Process, processes } from './external/processes.ts'
import type { Result } from './result.ts'
import { problemsOf } from './schema/validate.ts'

const program = fileURLToPath(new URL('main.ts', import.meta.url))
const limit = { timeout: 60_000 }
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test(
  'writes one JSON line for each run, and a result that keeps to the schema',
  limit,
  async () => {
    const file = join(folder, 'out.json')
    const child = bench(...quick, '--rounds', '2', '--json', file)
    const [out, [code]] = await Promise.all([
      output(child),
      once(child, 'close'),
    ])
    const runs = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(runs.map(({ contestant }) => contestant).sort()).toEqual([
      '05-websocket',
      '05-websocket',
      'raw-tcp',
      'raw-tcp',
    ])
    const result: Result = JSON.parse(await readFile(file, 'utf8'))
    expect(await problemsOf(result)).toEqual([])
    expect(result.complete).toBe(true)
    expect(result.command).toContain('--json out.json')
    expect(result.runs.map(({ counts }) => counts?.lost)).toEqual([0, 0, 0, 0])
    // Nothing else is left there, no draft either.
    expect((await readdir(folder)).sort()).toEqual(['out.html', 'out.json'])
  },
)

test(
  'Ctrl-C keeps what was measured, exits with 130 and leaves no process',
  limit,
  async ({ skip }) => {
    skip(...onWindows('no signals can be sent'))
    const file = join(folder, 'out.json')
    const child = bench(...quick, '--rounds', '50', '--json', file)
    const lines = createInterface(child.stdout as NodeJS.ReadableStream)
    const [first] = await once(lines, 'line')
    await runsAgain(child)
    const closed = once(child, 'close')
    child.kill('SIGINT')
    const [code] = await closed
    expect(code).toBe(130)
    expect(JSON.parse(first).verdict).not.toBe('invalid')
    const result: Result = JSON.parse(await readFile(file, 'utf8'))
    expect(result.complete).toBe(false)
    expect(result.runs.length).toBeGreaterThan(0)
    expect(await problemsOf(result)).toEqual([])
    expect(childrenOf(child)).toEqual([])
  },
)

test(
  'leaves no process and no file when it is killed',
  limit,
  async ({ skip }) => {
    skip(...onWindows('no program lists processes'))
    const child = bench(
      ...quick,
      '--rounds',
      '50',
      '--json',
      join(folder, 'out.json'),
    )
    await runsAgain(child)
    const children = childrenOf(child).map(({ pid }) => pid)
    expect(children.length).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await once(child, 'close')
    const left = () =>
      processes(ofRuns).filter(({ pid }) => children.includes(pid))
    await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 10_000 })
    expect(await readdir(folder)).toEqual([])
  },
)

test('exits with 2 and one sentence when a flag is wrong', limit, async () => {
  const child = bench('run', 'push-latency', '--rounds', 'many')
  const [error, [code]] = await Promise.all([
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'close'),
  ])
  expect(code).toBe(2)
  expect(error).toBe(
    "Option '--rounds <n>' argument 'many' is invalid. It must be a whole number from 1 to 1000. All flags: npm run bench -- --help\n",
  )
})

const quick = ['run', 'push-latency', '--lessons', '5', '--seconds', '0.1']

function bench(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function output(child: ChildProcess): Promise<string> {
  return text(child.stdout as NodeJS.ReadableStream)
}

const ofRuns = 'bench/processes/'

function childrenOf(child: ChildProcess): Process[] {
  return processes(ofRuns, child.pid)
}

/** Waits until a run has its processes. */
function runsAgain(child: ChildProcess): Promise<void> {
  return vi.waitFor(
    () => expect(childrenOf(child).length).toBeGreaterThanOrEqual(2),
    { timeout: 20_000, interval: 10 },
  )
}
