// Diagrams in pages.

import { readFile } from 'node:fs/promises'

import { createMarkdownRenderer } from 'vitepress'
import { describe, expect, it } from 'vitest'

import { lessonFolders } from '../../../lessons/index.ts'
import { root } from '../root.ts'
import { diagrams } from './diagrams.ts'
import { renderWith } from './rendering.ts'

const fence = (lines: string) => `\`\`\`mermaid\n${lines}\n\`\`\`\n`
const small = fence('sequenceDiagram\nactor A as Reader\nA->>A: reads {{ x }}')

describe.each(await lessonFolders())('the write-up of %s', (folder) => {
  it('has its diagrams drawn', async () => {
    const page = `lessons/${folder}/README.md`
    const text = await readFile(new URL(page, root), 'utf8')
    const { html } = await renderWith(diagrams, page, text)
    const fences = text.match(/^```mermaid$/gm) ?? []
    const figures = html.match(/<figure class="sequence" v-pre>/g) ?? []
    expect(figures).toHaveLength(fences.length)
    expect(html).not.toContain('sequenceDiagram')
  })
})

it('names each diagram after its heading, with ids of its own', async () => {
  const { html } = await renderWith(
    diagrams,
    'docs/method.md',
    `${small}\n## One \`way\`\n\n${small}\n## Other\n\n${small}`,
  )
  expect(html).toContain(
    '<title id="sequence-1-wide">sequence diagram of Reader',
  )
  expect(html).toContain('<title id="sequence-2-wide">One way: sequence')
  expect(html).toContain('<title id="sequence-3-narrow">Other: sequence')
})

it('leaves braces alone, as Vue does in what it must not read', async () => {
  const { html } = await renderWith(diagrams, 'docs/method.md', small)
  expect(html).toMatch(
    /<figure class="sequence" v-pre>[\s\S]*reads \{\{ x \}\}/,
  )
})

it('fails on what it cannot draw, and says where', async () => {
  await expect(
    renderWith(diagrams, 'docs/method.md', fence('flowchart LR\n a --> b')),
  ).rejects.toThrow(
    /^docs\/method\.md: Line 1 of the diagram must be "sequenceDiagram", .*; got "flowchart LR"\.$/,
  )
})

it('leaves other fences alone', async () => {
  const { html } = await renderWith(
    diagrams,
    'docs/method.md',
    '```ts\nconst mermaid = 1\n```\n',
  )
  expect(html).toContain('language-ts')
  expect(html).not.toContain('<figure')
})

it('is searched in words only, once', async () => {
  const md = await createMarkdownRenderer('.', { config: diagrams })
  const html = md.render(small, { path: 'docs/method.md' })
  expect(html).toContain('Reader to itself: reads')
  expect(html).not.toContain('<svg')
})
