// What is no recorded race is refused, with a sentence.

import { readFile } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { readRecording } from './read-recording.ts'

const file = new URL('recorded-race.json', import.meta.url)
const text = await readFile(file, 'utf8')

it('takes the one that the site plays, as it is', () => {
  expect(readRecording(JSON.parse(text))).toEqual(JSON.parse(text))
})

it.each([
  [[], 'A recording must be an object, got [].'],
  [{ schema: 'other' }, 'Its schema must be "http-push-workbook/race/1"'],
  [{ machine: undefined }, 'Its machine must be an object, got nothing.'],
  [{ machine: { os: '' } }, 'os of its machine must be a text'],
  [{ browser: 156 }, 'Its browser must be a text that is not empty, got 156.'],
  [{ recordedAt: 'today' }, 'recordedAt must be a date such as'],
  [{ durationMs: '9' }, 'durationMs must be a number, got "9".'],
  [{ acts: [{ atMs: 1 }] }, 'what of an act must be a text'],
  [{ sentMs: [null] }, 'A time in sentMs must be a number, got null.'],
  [{ texts: [[3]] }, 'A text must be a text that is not empty, got nothing.'],
  [{ lanes: {} }, 'lanes must be a list, got {}.'],
  [
    lane({ arrivals: [[99_999, 1]] }),
    /A message of 04-a must be of \d+ to \d+, got 99999\./,
  ],
  [
    lane({ arrivals: [[JSON.parse(text).firstN, -1]] }),
    'The lateness in 04-a must be 0 or more, got -1.',
  ],
  [
    lane({ states: [[0, 'asleep']] }),
    'A state of 04-a must be one of connecting, open, waiting, ended, got "asleep".',
  ],
])('refuses %j', (wrong, sentence) => {
  const value = Array.isArray(wrong) ? wrong : { ...JSON.parse(text), ...wrong }
  expect(() => readRecording(value)).toThrow(sentence)
})

function lane(wrong: object) {
  const right = { folder: '04-a', title: 'A', arrivals: [], states: [] }
  return { lanes: [{ ...right, ...wrong }] }
}
