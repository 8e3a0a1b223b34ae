// What the exercises' data say about themselves, and refer to.

import { existsSync, readdirSync, readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { checkOf, loadExercises, originalOf } from './exercises.ts'
import { requirements } from './requirements/index.ts'

const root = new URL('../', import.meta.url)
const ids: readonly string[] = requirements.map(({ id }) => id)

/** What a hint may name: what stands in the lesson, in what lessons share, or in the exercise. */
function sourcesAround(folder: URL): string {
  const folders = [
    folder,
    new URL('../', folder),
    new URL('shared/', import.meta.url),
    new URL('.', import.meta.url),
  ]
  return folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .filter(
          (name) => folder.href !== import.meta.url || name !== 'index.ts',
        )
        .map((name) => readFileSync(new URL(name, folder), 'utf8')),
    )
    .join('\n')
}

/** The anchors that the code host and the site give to headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#{2,3} (.+)$/gm)].map(
    ([, heading = '']) =>
      `#${heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .trim()
        .replace(/\s/g, '-')}`,
  )
}

test('there are exercises', async () => {
  expect((await loadExercises()).length).toBeGreaterThan(0)
})

describe.each(await loadExercises())('the exercise of $lesson', (exercise) => {
  const { files, folder, steps, lesson } = exercise
  const readme = readFileSync(new URL('../README.md', folder), 'utf8')
  const originals = files.map((file) =>
    readFileSync(new URL(originalOf(file), folder), 'utf8'),
  )

  test('has a file that runs its tests', () => {
    const file = new URL('exercise.test.ts', folder)
    expect(readFileSync(file, 'utf8')).toContain(`testExercise('${lesson}')`)
  })

  test('has three to six steps, each with a check of its own', () => {
    expect(steps.length).toBeGreaterThanOrEqual(3)
    expect(steps.length).toBeLessThanOrEqual(6)
    const checks = steps.map((step) => checkOf(step).id)
    const brought = steps.flatMap(({ brings = [] }) => brings)
    expect(new Set([...checks, ...brought]).size).toBe(
      checks.length + brought.length,
    )
    for (const { check } of steps) {
      if (typeof check === 'string') continue
      expect(ids, 'a check of its own is no requirement').not.toContain(
        check.id,
      )
      expect(check.text).toMatch(/\bMUST\b.*\.$/)
    }
  })

  test('is short, and says how to begin', () => {
    for (const original of originals) {
      expect(original.split('\n').length).toBeLessThanOrEqual(61)
      expect(original).toContain(`npm run check ${exercise.number}`)
    }
  })

  test('has a section in the write-up', () => {
    const [, section = ''] = /^## Exercise$(.+?)^## /ms.exec(readme) ?? []
    for (const file of files) expect(section).toContain(`(exercise/${file})`)
    expect(section).toContain(`npm run check ${exercise.number} -- --watch`)
  })

  describe.each(steps.map((step) => ({ ...step, id: checkOf(step).id })))(
    '$id',
    ({ why, hints, read, look, standard, faults }) => {
      test('says why it matters, in one sentence or two', () => {
        expect(why).toMatch(/^\S.{40,300}\.$/s)
      })

      test('has a line to look at', () => {
        expect(originals.some((text) => look.test(text))).toBe(true)
      })

      test('refers to a section that there is', () => {
        expect(anchorsOf(readme)).toContain(read)
      })

      test('has hints of which each says more', () => {
        expect(hints).toHaveLength(3)
        expect(new Set(hints).size).toBe(3)
        for (const hint of hints) expect(hint).toMatch(/^\S.{30,}[.?]$/s)
      })

      test('names in its hints what there is', () => {
        const sources = sourcesAround(folder)
        for (const code of codesIn([...hints, why].join('\n'))) {
          if (/^lessons\//.test(code)) {
            expect(existsSync(new URL(code, root)), code).toBe(true)
            continue
          }
          for (const [name] of code.matchAll(/[A-Za-z_][\w-]{2,}/g))
            expect(sources.toLowerCase(), code).toContain(name.toLowerCase())
        }
      })

      test('quotes a sentence of a standard with its address', () => {
        if (standard === undefined) return
        expect(standard.quote).toMatch(/^\S.{20,}\.$/s)
        expect(URL.canParse(standard.url)).toBe(true)
      })

      test('has faults that are in the solution once they are put there', () => {
        expect(faults.length).toBeGreaterThan(0)
        for (const { text, put, file = files[0] } of faults) {
          const source = readFileSync(new URL(`../${file}`, folder), 'utf8')
          expect(text).toMatch(/^\S.+\.$/)
          for (const [find] of put)
            expect(source.split(find).length - 1, find).toBe(1)
        }
      })
    },
  )

  test('is of this lesson', () => {
    expect(lesson).toMatch(/^\d\d-/)
  })
})

/** What stands in backticks. */
function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}
