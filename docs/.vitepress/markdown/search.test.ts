// What the search index takes of a page.

import { createMarkdownRenderer, type DefaultTheme } from 'vitepress'
import { expect, it } from 'vitest'

import { searchedText } from './search.ts'

type Renderer = Parameters<
  NonNullable<DefaultTheme.LocalSearchOptions['_render']>
>[2]

const env = () => ({ path: 'a.md', relativePath: 'a.md', cleanUrls: true })

it('is the text of its code without colours, and leaves the pages theirs', async () => {
  const md = (await createMarkdownRenderer('.')) as unknown as Renderer
  const source = '```ts\nconst a = 1\n```\n'
  expect(searchedText(source, env(), md)).toContain('const a = 1')
  expect(md.render(source, env())).toMatch(/<span style=/)
})

it('is nothing of a page that is not to be found', async () => {
  const md = (await createMarkdownRenderer('.')) as unknown as Renderer
  const hidden = { ...env(), frontmatter: { search: false } }
  expect(searchedText('text', hidden, md)).toBe('')
})
