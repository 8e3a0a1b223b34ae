import { expect, test, vi } from 'vitest'
import { CommandError } from './command-error.ts'
import { readLessonArguments } from './lesson-arguments.ts'

function mistake(line: string): CommandError {
  try {
    readLessonArguments(line.split(' '))
  } catch (error) {
    if (error instanceof CommandError) return error
    throw error
  }
  throw new Error(`"${line}" was understood.`)
}

test('a lesson, one end, a URL and flags are told apart', () => {
  const args = ['4', 'client', 'http://localhost:9000', '--count', '3']
  expect(readLessonArguments(args)).toEqual({
    lesson: '4',
    end: 'client',
    url: new URL('http://localhost:9000/'),
    flags: { host: '127.0.0.1', feed: 'system', count: 3 },
  })
})

test.each([
  ['4 both', "'both' is invalid for argument 'end'. Allowed choices are"],
  ['4 --prot 1', "Unknown option '--prot'. Did you mean --port? All flags:"],
  ['4 --port', "Option '--port <n>' argument missing. All flags:"],
  ['4 --port 65536', 'A port is a whole number from 0 to 65535.'],
  ['4 --port -1', 'A port is a whole number from 0 to 65535.'],
  [
    '4 --feed news',
    'A feed is clock, system, stdin, or a Redis such as redis://127.0.0.1:6379.',
  ],
  ['4 --heartbeat 1s', 'Milliseconds are a whole number from 1 to 86400000.'],
  ['4 --count 0', 'A count is a whole number from 1'],
  ['4 client ftp://a', 'A URL looks like http://127.0.0.1:8004/'],
  ['4 server http://a', 'A URL is for a client alone'],
  ['4 client http://a b', 'Too many arguments.'],
  ['4 server --after a-1', '--after is for the client'],
  ['4 client --port 1', '--port is for the server, and only the client'],
  ['--feed clock', '--feed is for a lesson, and none is named.'],
])('%s is refused with a sentence', (line, sentence) => {
  const { exitCode, message } = mistake(line)
  expect(exitCode).toBe(2)
  expect(message).toContain(sentence)
  expect(message).not.toContain('\n')
})

test('a flag that npm kept is not passed over in silence', () => {
  vi.stubEnv('npm_config_feed', 'stdin')
  expect(mistake('4 server stdin').message).toBe(
    'npm took --feed for itself. Put two dashes before all flags: npm run lesson -- --feed <name>',
  )
})
