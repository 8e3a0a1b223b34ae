// What pages ask about exercises, of a workbook in which the test is the reader.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { decodeEvents } from '../../lessons/04-server-sent-events/event-stream.ts'
import { loadExercises } from '../../lessons/exercises.ts'
import {
  newReader,
  patienceMs,
  type Reader,
  tellPids,
} from '../check/check-testing.ts'
import { gone, siteOf } from '../servers/start-testing.ts'
import type { CheckLine } from './exercises.ts'
import { oneAtATime } from './one-at-a-time.ts'

vi.setConfig({ testTimeout: 180_000 })

const exercises = await loadExercises()

/** The reader's workbook, as `npm start` serves it. */
async function serve(reader: Reader) {
  const { control } = await siteOf(reader.workbook.start())
  const post = (path: string, body: object, init: RequestInit = {}) =>
    fetch(new URL(path, control), {
      method: 'POST',
      body: JSON.stringify(body),
      ...init,
    })
  return {
    get: (path: string, init?: RequestInit) =>
      fetch(new URL(path, control), init),
    post,
    async check(): Promise<CheckLine[]> {
      const answer = await post('check', { exercise: 4 })
      expect(answer.headers.get('content-type')).toBe('application/jsonl')
      const text = await answer.text()
      return text.split('\n').flatMap((line) => (line ? JSON.parse(line) : []))
    },
  }
}

/** Code that runs in circles as soon as it is loaded, and says so. */
function circles(reader: Reader): () => Promise<void> {
  const begun = join(reader.workbook.folder, 'begun.txt')
  reader.save(
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(begun)}, '')\nfor (;;) {}\n`,
  )
  return () =>
    vi.waitFor(() => expect(existsSync(begun)).toBe(true), {
      timeout: patienceMs,
      interval: 20,
    })
}

test('a check tells the same as the one in a terminal, and both keep one progress', async () => {
  const reader = newReader()
  const { check, get } = await serve(reader)
  const lines = await check()
  const command = reader.check('4', '--json')
  await command.ends(patienceMs)
  // Ports, ids and times are others each time.
  const plain = (line: object) =>
    JSON.stringify(line)
      .replace(/"ms":\d+/, '')
      .replace(/127\.0\.0\.1:\d+|Date: [^"]+/g, '')
      .replace(/\w{6}-\d+/g, '')
  expect(lines.map(plain)).toEqual(command.objects.map(plain))
  expect(lines.at(-1)).toEqual({ passed: false, done: 0, of: 6 })

  reader.saveSolution()
  expect((await check()).at(-1)).toEqual({ passed: true, done: 6, of: 6 })
  expect(reader.progress()).toContain('04-server-sent-events 6/6 kept\n')
  const list = (await (await get('exercises')).json()) as object[]
  expect(list).toEqual(
    exercises.map(({ number, lesson, steps }) => ({
      number,
      folder: lesson,
      title: expect.any(String),
      done: number === 4 ? steps.length : 0,
      of: steps.length,
      kept: number === 4,
    })),
  )
})

test('whoever leaves ends the check, and the next one begins then', async () => {
  const reader = newReader()
  const pids = tellPids(reader)
  const { check, post } = await serve(reader)
  const begun = circles(reader)
  const leaving = new AbortController()
  const left = post('check', { exercise: 4 }, { signal: leaving.signal })
  left.catch(() => {})
  await begun()
  const [first = 0] = pids()

  reader.saveSolution()
  const next = check()
  leaving.abort()
  expect((await next).at(-1)).toEqual({ passed: true, done: 6, of: 6 })
  await expect(left.then((answer) => answer.text())).rejects.toThrow()
  expect(pids()[0]).toBe(first)
  expect(pids()).toHaveLength(2)
  await gone(...pids())
})

test('a check that takes too long is ended, and says so', async () => {
  const reader = newReader()
  const pids = tellPids(reader)
  reader.workbook.edit('scripts/control/exercise-routes.ts', (text) =>
    text.replace('checkMs = 120_000', 'checkMs = 1_000'),
  )
  reader.workbook.edit('scripts/check/grader.ts', (text) =>
    text.replace('busyMs = 4_000', 'busyMs = 400_000'),
  )
  circles(reader)
  const { check } = await serve(reader)
  expect((await check()).at(-1)).toEqual({
    error: 'The check has taken 1 s, and was ended.',
  })
  await gone(...pids())
})

test('nothing of a check is left when the workbook is ended', async () => {
  const reader = newReader()
  const pids = tellPids(reader)
  const begun = circles(reader)
  const command = reader.workbook.start()
  const { control } = await siteOf(command)
  const answer = fetch(new URL('check', control), {
    method: 'POST',
    body: '{"exercise":4}',
  })
  answer.catch(() => {})
  await begun()
  command.child.kill('SIGKILL')
  await gone(...pids())
})

test('hints come one by one, until all is kept', async () => {
  const reader = newReader()
  const { post, check } = await serve(reader)
  const hint = async () => (await post('hint', { exercise: 4 })).json()
  const first = exercises.find(({ number }) => number === 4)?.steps[0]
  for (const shown of [1, 2, 3, 3])
    expect(await hint()).toEqual({
      check: 'origin',
      text: expect.stringContaining('MUST refuse'),
      hints: first?.hints.slice(0, shown),
      of: 3,
    })
  expect(reader.progress()).toContain('hints=origin:3')
  reader.saveSolution()
  await check()
  const answer = await post('hint', { exercise: 4 })
  expect([answer.status, await answer.text()]).toEqual([
    409,
    'All of exercise 4 is kept: there is nothing to hint at.\n',
  ])
})

test('a save is told, and what was saved while nobody listened is seen', async () => {
  const reader = newReader()
  const { get } = await serve(reader)
  const listen = async () => {
    const leaving = new AbortController()
    const answer = await get('saves?exercise=4', { signal: leaving.signal })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const events = decodeEvents(answer.body as AsyncIterable<Uint8Array>)
    const next = async () => (await events.next()).value?.data
    return { next, leave: () => leaving.abort() }
  }
  const one = await listen()
  const shipped = await one.next()
  expect(shipped).toMatch(/^[\da-f]{64}$/)
  reader.saveSolution()
  const solved = await one.next()
  expect(solved).not.toBe(shipped)
  one.leave()

  const other = await listen()
  expect(await other.next()).toBe(solved)
  other.leave()
})

test('what runs in turn goes on after an error', async () => {
  const inTurn = oneAtATime()
  const order: string[] = []
  const fails = inTurn(async () => {
    order.push('begins')
    await Promise.resolve()
    order.push('fails')
    throw new Error('no')
  })
  const next = inTurn(async () => {
    order.push('next')
    return 7
  })
  await expect(fails).rejects.toThrow('no')
  expect(await next).toBe(7)
  expect(order).toEqual(['begins', 'fails', 'next'])
})
