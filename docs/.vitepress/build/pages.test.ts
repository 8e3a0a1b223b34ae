// Where pages are published, and how they tell that.

import { describe, expect, it } from 'vitest'

import { siteUrl } from '../root.ts'
import { headOf } from './head.ts'
import { llmsText } from './llms.ts'
import { addressOnSite, cardOf } from './pages.ts'

const onSite = (path: string) => new URL(path, siteUrl).href

it.each([
  ['index.md', '', 'og/index.png'],
  ['start.md', 'start', 'og/start.png'],
  ['lessons/05-a/index.md', 'lessons/05-a/', 'og/lessons-05-a.png'],
])('%s has an address and a card', (page, path, card) => {
  expect(addressOnSite(page)).toBe(onSite(path))
  expect(cardOf(page)).toBe(card)
})

describe('the head of a page', () => {
  it('tells its own address, and shows its own card', () => {
    const head = headOf(contextOf('start.md'))
    const values = head.map(([, attributes]) => Object.values(attributes))
    expect(values).toContainEqual(['canonical', onSite('start')])
    expect(values).toContainEqual(['og:url', onSite('start')])
    expect(values).toContainEqual(['og:title', 'A page'])
    expect(values).toContainEqual(['og:description', 'About a thing.'])
    expect(values).toContainEqual(['og:image', onSite('og/start.png')])
  })

  it('keeps the one that nobody goes to out of search results', () => {
    const robots = ['meta', { name: 'robots', content: 'noindex' }]
    expect(headOf(contextOf('404.md'))).toEqual([robots])
  })
})

it('the list for machines holds lessons in their order, then the others', () => {
  const pages = ['start.md', 'lessons/02-b/index.md', 'lessons/01-a/index.md']
  const text = llmsText('A site', 'About things.', pages.map(pageOf))
  const link = (page: string) =>
    `- [A page](${addressOnSite(page)}): About a thing.`
  expect(text).toBe(`# A site

> About things.

## Lessons

${link('lessons/01-a/index.md')}
${link('lessons/02-b/index.md')}

## Pages

${link('start.md')}
`)
})

function pageOf(relativePath: string) {
  return { relativePath, title: 'A page', description: 'About a thing.' }
}

function contextOf(relativePath: string): Parameters<typeof headOf>[0] {
  const { title, description } = pageOf(relativePath)
  const pageData = {
    ...{ relativePath, filePath: relativePath, title, description },
    ...{ headers: [], frontmatter: {} },
  }
  return { pageData, title, description }
}
