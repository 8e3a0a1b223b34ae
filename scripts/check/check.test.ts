// `npm run check`, as its users run it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { loadExercises } from '../../lessons/exercises.ts'
import { onWindows } from '../cli/running-command.ts'
import { file, newReader, patienceMs } from './check-testing.ts'

vi.setConfig({ testTimeout: 120_000 })

const exercises = await loadExercises()

describe('the list', () => {
  test('names every exercise, how far it is, and where to go on', async () => {
    const command = newReader().check()
    expect(await command.ends(patienceMs)).toBe(0)
    for (const { number, steps } of exercises)
      expect(command.stdout).toMatch(
        new RegExp(`^ *${number}  .+ ░+ +0 of ${steps.length}$`, 'm'),
      )
    expect(command.stdout).toContain(
      `Go on with:  npm run check ${exercises[0]?.number} -- --watch\n`,
    )
  })

  test('is there for scripts as well', async () => {
    const command = newReader().check('--json')
    expect(await command.ends(patienceMs)).toBe(0)
    expect(command.objects).toEqual(
      exercises.map(({ number, lesson, steps }) => ({
        number,
        folder: lesson,
        title: expect.any(String),
        done: 0,
        of: steps.length,
        kept: false,
      })),
    )
  })
})

describe('one exercise', () => {
  test('stops at the first check that fails, and shows the wire', async () => {
    const reader = newReader()
    const command = reader.check('4')
    expect(await command.ends(patienceMs)).toBe(1)
    expect(command.stderr).toBe('')
    for (const part of [
      /✗ origin$/m,
      /Wanted\n +The transport MUST refuse/,
      /What came\n +subscribe by another site must be answered 403, got 200\./,
      /client > origin: https:\/\/example\.com$/m,
      /server < access-control-allow-origin: \*$/m,
      /The standard\n +“The `Origin` request header/,
      new RegExp(`Look at\\n +${file}:\\d+\\n +return createServer`),
      /npm run check 4 -- --hint {2}\(0 of 3 shown\)/,
      /0 of 6 steps/,
    ])
      expect(command.stdout).toMatch(part)
    expect(command.stdout.match(/✗/g)).toHaveLength(1)
    expect(reader.progress()).toBe('04-server-sent-events 0/6 at=origin\n')
  })

  test('is told to scripts as one object a line', async () => {
    const command = newReader().check('04', '--json')
    expect(await command.ends(patienceMs)).toBe(1)
    expect(command.stderr).toBe('')
    const [begins, failed, ends] = command.objects
    expect(begins).toEqual({
      exercise: 4,
      folder: '04-server-sent-events',
      steps: expect.arrayContaining(['origin', 'resume']),
    })
    expect(failed).toMatchObject({
      check: 'origin',
      passed: false,
      ms: expect.any(Number),
      how: 'failed',
      says: expect.stringContaining('403'),
      wire: expect.arrayContaining([
        { connection: 1, from: 'client', text: 'origin: https://example.com' },
      ]),
      look: { file, line: expect.any(Number) },
      hints: { shown: 0, of: 3 },
    })
    expect(ends).toEqual({ passed: false, done: 0, of: 6 })
  })

  test('ends with 0 when all is kept, with what it costs and what comes next', async () => {
    const reader = newReader()
    reader.saveSolution()
    const command = reader.check('4')
    expect(await command.ends(patienceMs)).toBe(0)
    expect(command.stdout).toMatch(/6 of 6 steps/)
    expect(command.stdout).toMatch(
      /For comparison: lessons\/04-server-sent-events\/server\.ts/,
    )
    expect(command.stdout).toMatch(
      /CPU for each delivery +yours [\d.]+ us, the lesson's [\d.]+ us: /,
    )
    expect(command.stdout).toMatch(
      /Bytes for each message +yours \d+, the lesson's \d+$/m,
    )
    expect(command.stdout).toMatch(/^(Next: |That was the last one)/m)
    expect(reader.progress()).toBe('04-server-sent-events 6/6 kept\n')

    const list = reader.check()
    expect(await list.ends(patienceMs)).toBe(0)
    expect(list.stdout).toMatch(/^ *4 .* 6 of 6 ✓$/m)
  })
})

test('Ctrl-C ends a check with 130, and with nothing to say', async ({
  skip,
}) => {
  skip(...onWindows('no signals can be sent'))
  const reader = newReader()
  reader.save('await new Promise(() => {})\n')
  const command = reader.check('4')
  await command.prints(/^4 Server-Sent Events/, patienceMs)
  command.child.kill('SIGINT')
  expect(await command.ends(patienceMs)).toBe(130)
  expect(command.stderr).toBe('')
})

describe('progress', () => {
  test('is a file that may be deleted, and holds what it does not know', async () => {
    const reader = newReader()
    expect(existsSync(join(reader.workbook.folder, '.progress.txt'))).toBe(
      false,
    )
    const command = reader.check('4', '--hint')
    expect(await command.ends(patienceMs)).toBe(0)
    expect(reader.progress()).toBe(
      '04-server-sent-events 0/6 at=origin hints=origin:1\n',
    )
  })
})

describe('a hint', () => {
  test('is one more each time, and then there are no others', async () => {
    const reader = newReader()
    for (const n of [1, 2, 3, 3]) {
      const command = reader.check('4', '--hint')
      expect(await command.ends(patienceMs)).toBe(0)
      const shown = [...command.stdout.matchAll(/^(\d) of 3 {2}\S/gm)]
      expect(shown.map(([, number]) => Number(number))).toEqual(
        [1, 2, 3].slice(0, n),
      )
    }
    expect(reader.progress()).toContain('hints=origin:3')
  })
})

test('the solution is shown as what differs', async () => {
  const reader = newReader()
  const command = reader.check('4', '--solution')
  expect(await command.ends(patienceMs)).toBe(0)
  expect(command.stdout).toMatch(
    new RegExp(
      `^- ${file} {2}yours\n\\+ lessons/04-server-sent-events/server\\.ts`,
    ),
  )
  expect(command.stdout).toMatch(/^-import \{ createServer/m)
  expect(command.stdout).toMatch(
    /^\+import \{ drained \} from '\.\.\/\.\.\/shared\/drained\.ts'$/m,
  )

  reader.saveSolution()
  const same = reader.check('4', '--solution')
  expect(await same.ends(patienceMs)).toBe(0)
  expect(same.stdout).toContain('They are the same.')
})

describe('a reset', () => {
  test('puts the file back, and forgets the progress', async () => {
    const reader = newReader()
    const shipped = reader.read()
    const hint = reader.check('4', '--hint')
    expect(await hint.ends(patienceMs)).toBe(0)
    reader.save('mine')
    const command = reader.check('4', '--reset', '--now')
    expect(await command.ends(patienceMs)).toBe(0)
    expect(command.stdout).toBe(`${file} is as it was shipped.\n`)
    expect(reader.read()).toBe(shipped)
    expect(reader.progress()).toBe('')
  })

  test('does nothing where nobody can be asked', async () => {
    const reader = newReader()
    reader.save('mine')
    const command = reader.check('4', '--reset')
    expect(await command.ends(patienceMs)).toBe(2)
    expect(command.stderr).toMatch(/^--reset asks before .* --now\n$/)
    expect(reader.read()).toBe('mine')
  })
})

describe('it ends with 2 and one sentence', () => {
  test.each([
    [['no-such'], /^There is no lesson "no-such", only 01-/],
    [['poll'], /^"poll" could be one of /],
    [['--watch'], /^--watch is for an exercise, and none is named\./],
    [['4', '--hint', '--reset'], /^--hint and --reset are two commands/],
    [['4', '--hint', '--json'], /^--json is for a check or the list/],
    [['4', '--now'], /^--now is for --reset alone\.$/m],
    [['4', '5'], /^Too many arguments/],
    [['4', '--wach'], /^Unknown option '--wach'.* Did you mean --watch\?/],
  ])('for %j', async (args, says) => {
    const command = newReader().check(...args)
    expect(await command.ends(patienceMs)).toBe(2)
    expect(command.stdout).toBe('')
    expect(command.stderr).toMatch(says)
    expect(command.stderr.trim().split('\n')).toHaveLength(1)
  })
})
