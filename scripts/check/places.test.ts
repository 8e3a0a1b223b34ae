import { describe, expect, test } from 'vitest'
import { lineOf, placesIn, root, whyBroken } from './places.ts'

const folder = new URL('lessons/04-a/exercise/', root)

test('of a stack only the lines in the folder are told', () => {
  const error = new Error('x')
  error.stack = [
    'Error: x',
    '    at Set.forEach (<anonymous>)',
    `    at serve (${folder.href}server.ts:12:5)`,
    `    at async Object.check (${root.href}lessons/requirements/order.ts:3:1)`,
    `    at ${folder.href}helper.ts:7:9`,
    `    at Object.check (${folder.href}checks.ts:48:14)`,
    '    at node:internal/process/task_queues:95:5',
  ].join('\n')
  expect(placesIn(error, folder)).toEqual([
    { file: 'lessons/04-a/exercise/server.ts', line: 12 },
    { file: 'lessons/04-a/exercise/helper.ts', line: 7 },
  ])
  expect(placesIn('no error', folder)).toEqual([])
})

test('the line to look at is the first that matches', () => {
  expect(lineOf('a\nb\nb', /b/)).toBe(2)
  expect(lineOf('a\nb', /c/)).toBe(undefined)
})

describe('why code does not load', () => {
  test('is what the compiler says, with its place', () => {
    const message = `Transform failed with 1 error:\n${folder.pathname}server.ts:3:6: ERROR: Expected ";"`
    expect(whyBroken(new Error(message))).toEqual({
      says: 'it does not compile: Expected ";"',
      place: { file: 'lessons/04-a/exercise/server.ts', line: 3 },
    })
  })

  test('or what the error says, without the paths of this machine', () => {
    const error = new TypeError(`no ${root.href}lessons/x.ts\nmore`)
    expect(whyBroken(error)).toEqual({ says: 'TypeError: no lessons/x.ts' })
    expect(whyBroken(null)).toEqual({ says: 'null' })
  })
})
