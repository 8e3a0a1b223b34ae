// The glossary: every word has an anchor, a meaning and a place to read on.

import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { root } from './root.ts'

const text = readFileSync(new URL('docs/glossary.md', root), 'utf8')
const entries = text
  .split(/^### /m)
  .slice(1)
  .map((entry) => {
    const [heading = '', ...body] = entry.split('\n')
    return { heading, body: body.join('\n').split(/^## /m)[0] ?? '' }
  })
const idOf = (heading: string) => /\{#([a-z0-9-]+)\}$/.exec(heading)?.[1]

describe.each(entries)('$heading', ({ heading, body }) => {
  it('has an anchor', () => {
    expect(idOf(heading)).toBeDefined()
  })

  it('is told in sentences, and leads on', () => {
    expect(body.trim()).toMatch(/^[\p{L}`[].+\.$/su)
    expect(body).toMatch(/\]\([^)]+\)/)
  })
})

it('has each anchor once', () => {
  const ids = entries.map(({ heading }) => idOf(heading))
  expect(new Set(ids).size).toBe(ids.length)
})
