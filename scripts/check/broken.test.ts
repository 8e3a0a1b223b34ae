// Every way in which a reader's file can be broken: each is told in a sentence,
// with the line, and nothing is left running.
import { describe, expect, test, vi } from 'vitest'
import { file, newReader, patienceMs } from './check-testing.ts'

vi.setConfig({ testTimeout: 120_000 })

interface Case {
  readonly text: string
  /** In the place of the whole file, or an edit of it. */
  readonly code: string | ((shipped: string) => string)
  readonly how: string
  readonly says: RegExp
  /** A part of the line that is told. */
  readonly line?: string
}

const inHandler = (code: string) => (shipped: string) =>
  shipped.replace(
    'createServer(async (request, response) => {\n',
    `$&${code}\n`,
  )

const atStart = (code: string) => (shipped: string) =>
  shipped.replace('const clients = new Set', `${code}\n$&`)

/** Windows has no signal that wakes up the debugger. */
const inCircles = process.platform === 'win32' ? undefined : 'turns++'

const cases: readonly Case[] = [
  {
    text: 'does not compile',
    code: (shipped) => `${shipped}\nconst = 3\n`,
    how: 'broken',
    says: /^server\.ts does not load: it does not compile: Expected identifier but found "="\.$/,
    line: 'const = 3',
  },
  {
    text: 'throws when it is loaded',
    code: "\nthrow new TypeError('a mistake')\n",
    how: 'broken',
    says: /^server\.ts does not load: TypeError: a mistake\.$/,
    line: "throw new TypeError('a mistake')",
  },
  {
    text: 'imports what does not exist',
    code: "import './no-such-file.ts'\n",
    how: 'broken',
    says: /^server\.ts does not load: .*no-such-file\.ts/,
  },
  {
    text: 'exports nothing',
    code: 'export const server = 3\n',
    how: 'broken',
    says: /^server\.ts must export a function serve, got undefined\.$/,
  },
  {
    text: 'waits for ever when it is loaded',
    code: 'await new Promise(() => {})\nexport function serve() {}\n',
    how: 'broken',
    says: /^server\.ts did not load within 4 s: is there an await outside of a function\?$/,
  },
  {
    text: 'runs in circles when it is loaded',
    code: 'let turns = 0\nfor (;;) turns++\n',
    how: 'busy',
    says: /^Your code has kept the process busy for 4 s without a pause\./,
    line: inCircles,
  },
  {
    text: 'returns no server',
    code: 'export function serve() {}\n',
    how: 'failed',
    says: /^serve must return a server, got undefined\.$/,
  },
  {
    text: 'never listens',
    code: atStart(
      'const never = createServer(); never.listen = () => never; if (never) return never',
    ),
    how: 'late',
    says: /^The 2 s of this check are over, and your server does not listen/,
  },
  {
    text: 'throws when it is called',
    code: atStart("throw new RangeError('no room')"),
    how: 'failed',
    says: /^no room\.$/,
    line: "throw new RangeError('no room')",
  },
  {
    text: 'never answers',
    code: inHandler('if (response) return'),
    how: 'late',
    says: /^Waited in vain for the answer to GET \/messages\. The 2 s of this check are over\.$/,
  },
  {
    text: 'breaks every connection',
    code: inHandler('if (response) return void request.socket.destroy()'),
    how: 'failed',
    says: /^GET \/messages must be answered, got Error: socket hang up\.$/,
  },
  {
    text: 'throws later',
    code: inHandler("setTimeout(() => { throw new Error('too late') })"),
    how: 'crashed',
    says: /^Your code threw, and nobody caught it: Error: too late\.$/,
    line: 'too late',
  },
  {
    text: 'rejects, and nobody catches it',
    code: inHandler("void Promise.reject(new Error('nobody'))"),
    how: 'crashed',
    says: /^Your code threw, and nobody caught it: Error: nobody\.$/,
    line: "new Error('nobody')",
  },
  {
    text: 'throws in a handler',
    code: inHandler("throw new Error('in here')"),
    how: 'crashed',
    says: /nobody caught it: Error: in here\.$/,
    line: "throw new Error('in here')",
  },
  {
    text: 'ends the process',
    code: inHandler('process.exit(0)'),
    how: 'ended',
    says: /^Your code ended the process: process\.exit\(0\)\.$/,
    line: 'process.exit(0)',
  },
  {
    text: 'kills the process',
    code: inHandler("process.kill(process.pid, 'SIGKILL')"),
    how: 'ended',
    says: /^The process with your code (was ended by SIGKILL|ended with code 1)\.$/,
  },
  {
    text: 'runs in circles',
    code: inHandler('let turns = 0\nfor (;;) turns++'),
    how: 'busy',
    says: /^Your code has kept the process busy for 4 s without a pause\./,
    line: inCircles,
  },
]

describe('the file', () => {
  test.concurrent.for(cases)('$text', async (broken, { onTestFinished }) => {
    const { code, how, says, line } = broken
    const reader = newReader(onTestFinished)
    reader.edit((shipped) => (typeof code === 'string' ? code : code(shipped)))
    const command = reader.check('4', '--json')
    expect(await command.ends(patienceMs)).toBe(1)
    expect(command.stderr).toBe('')
    const failed = command.objects.find(({ passed, how }) => !passed && how)
    expect(failed).toMatchObject({ how, look: { file } })
    expect(failed?.says).toMatch(says)
    if (line !== undefined)
      expect(failed).toHaveProperty('look.text', expect.stringContaining(line))
    expect(command.objects.at(-1)).toEqual({ passed: false, done: 0, of: 6 })
  })

  test('prints whatever it likes', async () => {
    const reader = newReader()
    const garbage = `
      console.log('{"is":"done"}')
      process.stdout.write(Buffer.from([0, 27, 91, 50, 74, 255, 10]))
      console.error('a line', 'of mine')`
    reader.edit(inHandler(garbage))
    const command = reader.check('4', '--json')
    expect(await command.ends(patienceMs)).toBe(1)
    expect(command.stderr).toBe('')
    const [begins, failed, printed, ends] = command.objects
    expect(begins).toMatchObject({ exercise: 4 })
    expect(failed).toMatchObject({ check: 'origin', how: 'failed' })
    expect(printed?.printed).toContain('a line of mine')
    expect(ends).toEqual({ passed: false, done: 0, of: 6 })

    const readable = reader.check('4')
    expect(await readable.ends(patienceMs)).toBe(1)
    expect(readable.stdout).toContain('Your code printed')
    expect(readable.stdout).not.toContain('\u001b[2J')
  })
})
