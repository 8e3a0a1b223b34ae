import { expect, it } from 'vitest'

import { renderWith } from './rendering.ts'
import { scrollBoxes } from './scroll-boxes.ts'

const page = 'docs/compare.md'
const row = '<tr><td>1</td></tr>'

it('counts the rows of each table in a text', async () => {
  const { html } = await renderWith(
    scrollBoxes,
    page,
    `<div class="scroll" tabindex="0"><table>${row.repeat(3)}</table></div><section class="scroll"><table>${row}</table></section>\n`,
  )
  expect(html).toContain('<div class="scroll" style="--rows: 3" tabindex="0">')
  expect(html).toContain('<section class="scroll" style="--rows: 1">')
})

it('counts the rows of a table that was written in Markdown', async () => {
  const { html } = await renderWith(
    scrollBoxes,
    page,
    '<section class="scroll">\n\n| a |\n|---|\n| b |\n| c |\n\n</section>\n',
  )
  expect(html).toContain('<section class="scroll" style="--rows: 3">')
})

it('gives every box a name of its own', async () => {
  const box = (name: string) =>
    `<section class="scroll" tabindex="0" aria-label="${name}"><table>${row}</table></section>`
  const { html } = await renderWith(
    scrollBoxes,
    page,
    `${box('Echo')}${box('Echo')}\n\ntext\n\n${box('Echo')}${box('Link')}\n`,
  )
  const names = [...html.matchAll(/aria-label="([^"]*)"/g)]
  expect(names.map(([, name]) => name)).toEqual([
    'Echo',
    'Echo (2)',
    'Echo (3)',
    'Link',
  ])
})
