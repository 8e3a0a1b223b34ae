// What a visit does with what comes, on a connection of the test's.

import { expect, test } from 'vitest'

import { pageFiles } from './page.ts'
import { type Answer, type Cache, type Connection, visit } from './visit.ts'

const files = pageFiles()

function connection(
  answer: (path: string) => Promise<Answer> | Answer = answerOf,
  links: readonly string[] = [],
  left: ReadonlyMap<string, Answer> = new Map(),
) {
  const asked: string[] = []
  const it: Connection = {
    async get(path, onLink) {
      asked.push(path)
      if (path === '/') for (const link of links) onLink(link)
      return answer(path)
    },
    leftovers: async () => left,
    async [Symbol.asyncDispose]() {},
  }
  return { it, asked }
}

function answerOf(path: string): Answer {
  const file = files.find((one) => one.path === path)
  if (file === undefined) throw new Error(`There is no ${path}.`)
  const cacheControl = path === '/' ? 'no-store' : 'max-age=60'
  return { cacheControl, body: file.body }
}

test('what a header named is asked for once', async () => {
  const links = ['</style.css>; rel=preload', '</style.css>; rel=preload']
  const { it, asked } = connection(answerOf, links)
  await visit(it, new Map(), files)
  expect(asked.toSorted()).toEqual(files.map(({ path }) => path).toSorted())
})

test('only what may be kept is kept', async () => {
  const cache: Cache = new Map()
  await visit(connection().it, cache, files)
  expect([...cache.keys()].toSorted()).toEqual([
    '/font.woff2',
    '/script.js',
    '/style.css',
  ])
})

test('a hint for what is kept is not followed', async () => {
  const cache: Cache = new Map()
  await visit(connection().it, cache, files)
  const { it, asked } = connection(answerOf, ['</style.css>; rel=preload'])
  await visit(it, cache, files)
  expect(asked).toEqual(['/'])
})

test('what was promised and not taken has come all the same', async () => {
  const left = new Map([['/style.css', answerOf('/style.css')]])
  const cache: Cache = new Map()
  await visit(connection().it, cache, files)
  const { received } = await visit(
    connection(answerOf, [], left).it,
    cache,
    files,
  )
  expect(received).toEqual({ '/': 10_000, '/style.css': 20_000 })
})

test('a file that is cut, or another one, is no figure', async () => {
  const short = (path: string): Answer => {
    const answer = answerOf(path)
    return path === '/style.css'
      ? { ...answer, body: answer.body.subarray(1) }
      : answer
  }
  await expect(visit(connection(short).it, new Map(), files)).rejects.toThrow(
    '/style.css must have the 20000 bytes of the page, got 19999 bytes.',
  )
  const other = (path: string): Answer => {
    const answer = answerOf(path)
    return path === '/script.js'
      ? { ...answer, body: Buffer.alloc(answer.body.length) }
      : answer
  }
  await expect(visit(connection(other).it, new Map(), files)).rejects.toThrow(
    '/script.js must have the 30000 bytes of the page, got 30000 bytes of something else.',
  )
})

test('a file that does not come is told of, also when it was only hinted', async () => {
  const none = async (path: string): Promise<Answer> => {
    if (path === '/font.woff2') throw new Error('The font did not come.')
    return answerOf(path)
  }
  const { it } = connection(none, ['</font.woff2>; rel=preload'])
  await expect(visit(it, new Map(), files)).rejects.toThrow(
    'The font did not come.',
  )
})
