// Tables in Markdown.

import { expect, it } from 'vitest'

import { renderWith } from './rendering.ts'
import { tables } from './tables.ts'

it('makes no heading of an empty corner', async () => {
  const { html } = await renderWith(
    tables,
    'docs/index.md',
    '| | one |\n|---|---|\n| a | |\n',
  )
  expect(html).toMatch(/<td[^>]*><\/td>\s*<th[^>]*>one<\/th>/)
  expect(html.match(/<th\b/g)).toHaveLength(1)
})
