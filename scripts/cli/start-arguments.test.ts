import { expect, test, vi } from 'vitest'
import { CommandError } from './command-error.ts'
import { readStartArguments } from './start-arguments.ts'

test('without flags there is the site, and nobody from elsewhere', () => {
  const flags = readStartArguments([])
  expect(flags).toEqual({
    feed: 'system',
    host: '127.0.0.1',
    portsFrom: 8_000,
    site: true,
    sitePort: 5_170,
  })
})

test('every flag is read', () => {
  const args = [
    ...['--feed', 'clock', '--host', '0.0.0.0', '--ports-from', '0'],
    ...['--site-port', '0', '--no-site'],
    ...['--allow-origin', 'https://One.example/'],
    ...['--allow-origin', 'http://two.example:80'],
  ]
  expect(readStartArguments(args)).toEqual({
    feed: 'clock',
    host: '0.0.0.0',
    portsFrom: 0,
    site: false,
    sitePort: 0,
    // As a browser writes them.
    allowOrigin: ['https://one.example', 'http://two.example'],
  })
})

test.each([
  ['--site-port', '65536', 'A port is a whole number from 0 to 65535.'],
  [
    '--ports-from',
    '65337',
    'The port before the first is a whole number from 0 to 65336.',
  ],
  [
    '--allow-origin',
    'https://example.org/page',
    'An origin is http:// or https:// with a host and nothing behind it, such as https://example.org.',
  ],
])('%s %s is refused by a sentence', (flag, value, sentence) => {
  const read = () => readStartArguments([flag, value])
  expect(read).toThrow(CommandError)
  expect(read).toThrow(sentence)
})

test.each([
  ['ports_from', '--ports-from <n>'],
  ['site_port', '--site-port <n>'],
  ['site', '--no-site'],
  ['allow_origin', '--allow-origin <origin>'],
])('what npm took for itself as %s is told', (name, flags) => {
  vi.stubEnv(`npm_config_${name}`, '')
  expect(() => readStartArguments([])).toThrow(
    `Put two dashes before all flags: npm start -- ${flags}`,
  )
})
