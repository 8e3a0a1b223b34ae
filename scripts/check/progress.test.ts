import { expect, test } from 'vitest'
import { formatProgress, parseProgress } from './progress.ts'

test('what is written is read again', () => {
  const text = `01-short-polling 0/5
04-server-sent-events 2/6 at=payload hints=resume:1,late-join:3
05-websocket 5/5 kept
`
  expect([...parseProgress(text)]).toEqual([
    ['01-short-polling', { passed: 0, steps: 5, kept: false, hints: {} }],
    [
      '04-server-sent-events',
      {
        passed: 2,
        steps: 6,
        kept: false,
        at: 'payload',
        hints: { resume: 1, 'late-join': 3 },
      },
    ],
    ['05-websocket', { passed: 5, steps: 5, kept: true, hints: {} }],
  ])
  expect(formatProgress(parseProgress(text))).toBe(text)
})

test('lines that are none are left out', () => {
  const text = '\r\n# mine\n04-a 1/2\r\nno/no\n05 1/2\n\0\u001b[2J\n'
  expect([...parseProgress(text).keys()]).toEqual(['04-a'])
})

test('the lessons are in the order of their numbers', () => {
  const text = '05-b 1/2\n04-a 1/2\n'
  expect(formatProgress(parseProgress(text))).toBe('04-a 1/2\n05-b 1/2\n')
})
