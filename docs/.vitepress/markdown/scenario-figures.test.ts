// What the figures of a scenario become in a write-up on the site.

import { expect, it } from 'vitest'
import { siteScenarios } from '../figures/site-figures.ts'
import { references } from '../references.ts'
import { renderWith } from './rendering.ts'
import { scenarioFigures } from './scenario-figures.ts'

const page = 'lessons/05-websocket/README.md'

function written(id: string): string {
  return `Before\n\n<!-- figures ${id} -->\n\n| a table |\n|---|\n| 1 |\n\n<!-- /figures -->\n\nAfter\n`
}

it('has every chart of the scenario in place of its tables', async () => {
  const { html, includes } = await renderWith(
    scenarioFigures,
    page,
    written('link'),
  )
  const found = siteScenarios(references()).find(
    ({ section }) => section.scenario.id === 'link',
  )
  for (const { id } of found?.figures ?? [])
    expect(html).toContain(`<BenchChart id="${id}"`)
  expect(html).not.toContain('a table')
  expect(html).toMatch(/Before[\s\S]*scenario-figures[\s\S]*After/)
  expect(includes).toContainEqual(expect.stringMatching(/link\.json$/))
})

it('leaves what nobody has measured as it was written', async () => {
  const { html } = await renderWith(scenarioFigures, page, written('nothing'))
  expect(html).toContain('a table')
  expect(html).not.toContain('scenario-figures')
})

it('leaves marks that do not end alone', async () => {
  const text = '<!-- figures link -->\n\nNo end\n'
  const { html } = await renderWith(scenarioFigures, page, text)
  expect(html).toContain('No end')
  expect(html).not.toContain('scenario-figures')
})
