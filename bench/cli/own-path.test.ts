import { join, resolve } from 'node:path'

import { expect, test } from 'vitest'

import { commandLine, ownPath } from './own-path.ts'

test('a path within this folder is told without the way to it', () => {
  const path = join(process.cwd(), 'bench', 'results', 'a.json')
  expect(ownPath(path)).toBe(join('bench', 'results', 'a.json'))
})

test('a path elsewhere stays as it is', () => {
  const beside = resolve(process.cwd(), '..', 'other', 'a.json')
  expect(ownPath(beside)).toBe(beside)
  // Its name begins alike, but it is another folder.
  const alike = `${process.cwd()}-old/a.json`
  expect(ownPath(alike)).toBe(alike)
})

test('a path that is relative already stays as it is', () => {
  expect(ownPath('results/a.json')).toBe('results/a.json')
  expect(ownPath('../a.json')).toBe('../a.json')
})

test('a command is told without the folders of this machine', () => {
  const here = join(process.cwd(), 'bench', 'a.json')
  const elsewhere = resolve(process.cwd(), '..', 'b.json')
  expect(commandLine(['run', '--seed', '7', here, elsewhere])).toBe(
    `npm run bench -- run --seed 7 ${join('bench', 'a.json')} b.json`,
  )
  expect(commandLine([])).toBe('npm run bench')
})
