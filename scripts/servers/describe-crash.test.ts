import { describe, expect, test } from 'vitest'
import { describeCrash } from './describe-crash.ts'

const root = new URL('file:///home/me/workbook/')

function error(name: string, message: string, stack: string): Error {
  return Object.assign(new Error(message), { name, stack })
}

// On Windows the paths of these stacks would be others.
describe.skipIf(process.platform === 'win32')('a crash', () => {
  test('of code that does not compile is the place and what is wrong', () => {
    const message =
      'Transform failed with 1 error:\n/home/me/workbook/lessons/feed.ts:2:8: ERROR: Expected ";" but found "x"'
    expect(describeCrash(error('TransformError', message, ''), root)).toBe(
      'lessons/feed.ts:2:8: Expected ";" but found "x"',
    )
  })

  test('of code that runs is the error, and where in a lesson', () => {
    const stack = `TypeError: f is not a function
    at f (/home/me/workbook/node_modules/ws/lib/x.js:1:1)
    at <anonymous> (file:///home/me/workbook/lessons/04-x/server.ts:20:5)
    at /home/me/workbook/lessons/index.ts:1:1`
    expect(
      describeCrash(error('TypeError', 'f is not a function', stack), root),
    ).toBe('TypeError: f is not a function (lessons/04-x/server.ts:20:5)')
  })

  test('of an import that finds nothing names the file', () => {
    const message =
      "Cannot find module '/home/me/workbook/lessons/no.ts' imported from /home/me/workbook/lessons/feed.ts"
    expect(describeCrash(error('Error', message, message), root)).toBe(
      "Error: Cannot find module 'lessons/no.ts' imported from lessons/feed.ts",
    )
  })

  test('is one line, and need not be an error', () => {
    expect(describeCrash(error('Error', 'one\ntwo', ''), root)).toBe(
      'Error: one',
    )
    expect(describeCrash('thrown', root)).toBe('thrown')
  })
})
