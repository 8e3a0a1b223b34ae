import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'
import { withCosts } from '../bench/lesson-costs.ts'
import { readReferences } from '../bench/references.ts'
import { isPractice, lessonFolders } from '../lessons/index.ts'
import { regionOf, withRegions } from './regions.ts'

const source = `a
  // #region one
  b
    c

  // #region two
  d
  // #endregion two
  // #endregion one
e
`

test('a region is its lines without their common indentation', () => {
  expect(regionOf(source, 'two', 'x.ts')).toBe('d\n')
})

test('a region within a region is part of it, its comments are not', () => {
  expect(regionOf(source, 'one', 'x.ts')).toBe('b\n  c\n\nd\n')
})

test('without a name it is the whole file', () => {
  expect(regionOf(source, undefined, 'x.ts')).toBe(source)
})

test('a missing region is named', () => {
  expect(() => regionOf(source, 'three', 'x.ts')).toThrow(
    'x.ts has no region "three".',
  )
})

describe('the write-ups show the code that runs, and the figures measured', async () => {
  const references = readReferences()
  for (const folder of await lessonFolders()) {
    test(folder, async () => {
      const page = new URL(`../lessons/${folder}/README.md`, import.meta.url)
      const text = await readFile(page, 'utf8')
      expect(text).toMatch(/<!-- region /)
      const code = await withRegions(text, page)
      const figures = withCosts(code, folder, references)
      expect(text, 'run npm run sync').toBe(figures)
      if (!isPractice(folder)) expect(text).toMatch(/<!-- costs -->/)
    })
  }
})
