// The index of symptoms: complete sentences, and places that exist.

import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { loadLessons, loadPractices } from '../../../lessons/index.ts'
import { root } from '../root.ts'
import { coming } from './coming.ts'
import { nameOf } from './symptom.ts'
import { symptoms } from './symptoms.ts'

const lessons = [...(await loadLessons()), ...(await loadPractices())]

/** The anchors of a page's headings, as the site makes them. */
function anchorsOf(path: string): string[] {
  const text = readFileSync(new URL(path, root), 'utf8')
  return [...text.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => {
    const [, given] = /\{#([\w-]+)\}$/.exec(heading) ?? []
    return given ?? heading.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  })
}

it('names each by an anchor of its own, beside those of the page', () => {
  const ids = symptoms.map(({ id }) => id)
  const all = [...ids, ...anchorsOf('docs/choose.md')]
  expect(new Set(all).size).toBe(all.length)
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]+$/)
})

describe.each(symptoms)('$id', ({ seen, cause, treated, source }) => {
  it('is told in sentences', () => {
    expect(seen).toMatch(/^\p{Lu}.+[.?]$/u)
    expect(cause).toMatch(/^[\p{L}].+\.$/u)
  })

  it('is treated in places that exist or are announced', () => {
    expect(treated.length).toBeGreaterThan(0)
    for (const place of treated) {
      if ('page' in place) {
        const [page, hash = ''] = place.page.split('#')
        expect(anchorsOf(`docs/${page}.md`), place.page).toContain(hash)
        continue
      }
      const lesson = lessons.find(({ number }) => number === place.lesson)
      if (lesson === undefined)
        expect(coming[place.lesson], `lesson ${place.lesson}`).toBeTruthy()
      else if (place.section !== undefined)
        expect(anchorsOf(`lessons/${lesson.folder}/README.md`)).toContain(
          place.section,
        )
    }
  })

  it('has a source with a name', () => {
    expect(new URL(source).protocol).toBe('https:')
    expect(nameOf(source)).toMatch(/^[\w./ #-]+$/)
  })
})

it.each([
  ['https://github.com/nginx/nginx/issues/1505', 'nginx/nginx#1505'],
  ['https://github.com/nodejs/node/pull/23284', 'nodejs/node#23284'],
  ['https://www.rfc-editor.org/rfc/rfc6202.html#section-3.2', 'RFC 6202'],
  ['https://www.example.org/page', 'example.org'],
])('%s is called %s', (source, name) => {
  expect(nameOf(source)).toBe(name)
})
