// Inserts in pages.

import { expect, it } from 'vitest'

import { loadLessons } from '../../../lessons/index.ts'
import { insertsIn } from './inserts.ts'
import { renderWith } from './rendering.ts'

it('puts what an insert makes in its place', async () => {
  const { html, includes } = await renderWith(
    insertsIn,
    'docs/index.md',
    'before\n\n<!-- insert lesson-grid -->\n\nafter\n',
  )
  for (const { title } of await loadLessons()) expect(html).toContain(title)
  expect(html).toMatch(/before[\s\S]+<ul class="lesson-grid">[\s\S]+after/)
  expect(html).toContain('in browsers: EventSource')
  expect(html).toContain('ending: brings pages no messages')
  // The figures are made again when the results change.
  expect(includes).toContainEqual(expect.stringMatching(/push-latency\.json$/))
})

it('fails on an insert that does not exist, and says which do', async () => {
  await expect(
    renderWith(insertsIn, 'docs/index.md', '<!-- insert nothing -->\n'),
  ).rejects.toThrow(/There is no insert "nothing", only .*lesson-grid/)
})
