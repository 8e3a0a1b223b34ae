import { readdir } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import {
  findLesson,
  loadLessons,
  loadPractices,
  transportFolders,
} from './index.ts'

test('every folder with a number is a lesson, in the order of the numbers', async () => {
  const transports = await loadLessons()
  const practices = await loadPractices()
  const lessons = [...transports, ...practices]
  const names = await readdir(new URL('.', import.meta.url))
  const folders = names.filter((name) => /^\d\d-/.test(name)).sort()
  expect(lessons.map(({ folder }) => folder)).toEqual(folders)
  expect(lessons.map(({ number }) => number)).toEqual(
    folders.map((_, index) => index + 1),
  )
  expect(transports.map(({ folder }) => folder)).toEqual(
    await transportFolders(),
  )
  for (const { title, serve, subscribe } of transports) {
    expect(title).toMatch(/\S/)
    expect([typeof serve, typeof subscribe]).toEqual(['function', 'function'])
  }
  for (const { title, about, run } of practices) {
    expect([title, about]).toEqual([expect.any(String), expect.any(String)])
    expect(typeof run).toBe('function')
  }
})

describe('a lesson is found by', () => {
  test.each(['4', '04', 'sent', 'Sent', '04-server-sent-events'])(
    '%s',
    async (query) => {
      expect((await findLesson(query)).folder).toBe('04-server-sent-events')
    },
  )

  test.each(['99', '0', 'no-such', '4.0', '-4'])(
    'none is by %s, and the error names all',
    async (query) => {
      const error = await findLesson(query).catch((error) => error)
      expect(error).toBeInstanceOf(RangeError)
      expect(error.message).toMatch(
        /^There is no lesson ".+", only 01-short-polling, .*06-http2-server-push.*\.$/,
      )
      expect(error.message).toContain(`"${query}"`)
    },
  )

  test('several are by poll, and the error names them', async () => {
    await expect(findLesson('poll')).rejects.toThrow(
      new RangeError(
        '"poll" could be one of 01-short-polling, 02-long-polling. Give its number.',
      ),
    )
  })
})
