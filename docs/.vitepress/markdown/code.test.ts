// Code that write-ups show by region.

import { expect, it } from 'vitest'

import { code } from './code.ts'
import { renderWith } from './rendering.ts'

const page = 'lessons/04-server-sent-events/README.md'
const shown = (region: string) =>
  `<!-- region ${region} -->\n\`\`\`ts\nstale\n\`\`\`\n`

it('shows the code as it is in the file, not as it stands in the write-up', async () => {
  const { html } = await renderWith(code, page, shown('server.ts#push'))
  expect(html).toContain('follow')
  expect(html).not.toContain('stale')
})

it('leads to the first line of the region', async () => {
  const { html } = await renderWith(code, page, shown('server.ts#headers'))
  expect(html).toMatch(
    /blob\/main\/lessons\/04-server-sent-events\/server\.ts#L\d+"/,
  )
})

it('has the page rendered again when the file changes', async () => {
  const { includes } = await renderWith(code, page, shown('server.ts#push'))
  expect(includes).toEqual([
    expect.stringMatching(/04-server-sent-events.server\.ts$/),
  ])
})

it('fails on a region that does not exist', async () => {
  await expect(
    renderWith(code, page, shown('server.ts#nothing')),
  ).rejects.toThrow('server.ts has no region "nothing".')
})

it('leaves other fences alone', async () => {
  const { html, includes } = await renderWith(code, page, '```ts\nmine\n```\n')
  expect(html).toContain('mine')
  expect(includes).toEqual([])
})
