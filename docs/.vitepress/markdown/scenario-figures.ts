// What a scenario found, between `<!-- figures page-load -->` and
// `<!-- /figures -->`: the write-up has tables there, and the site has charts
// with the same tables in them.

import type { MarkdownRenderer } from 'vitepress'

import { html } from '../../../bench/report/html.ts'
import { sourcesOf } from '../figures/chart-file.ts'
import { figureHtml } from '../figures/figure-html.ts'
import { type SiteScenario, siteScenarios } from '../figures/site-figures.ts'
import { references } from '../references.ts'
import { pathInRepository } from '../root.ts'
import { type Env, fileOf } from './env.ts'

const opening = /^<!-- figures (?<id>[\w-]+) -->\s*$/
const closing = '<!-- /figures -->'

export function scenarioFigures(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-scenario-figures', (state) => {
    const { tokens } = state
    for (let open = 0; open < tokens.length; open++) {
      const { type, content } = tokens[open] ?? { type: '', content: '' }
      const id = type === 'html_block' && opening.exec(content)?.groups?.id
      const close = tokens.findIndex(
        (one, at) =>
          at > open &&
          one.type === 'html_block' &&
          one.content.trim() === closing,
      )
      if (!id || close === -1) continue
      const figures = figuresOf(id, state.env as Env)
      // Nobody has measured it yet: what stands there stays.
      if (figures === undefined) continue
      const charts = new state.Token('html_block', '', 0)
      charts.content = figures
      tokens.splice(open, close - open + 1, charts)
    }
  })
}

function figuresOf(id: string, env: Env): string | undefined {
  const all = references((file) => env.includes?.push(file))
  const found = siteScenarios(all).find(
    ({ section }) => section.scenario.id === id,
  )
  if (found === undefined) return undefined
  const about = taughtHere(found, env)
  const { text } = html`<div class="scenario-figures">${found.figures.map(
    (it) =>
      figureHtml(it, {
        ...(about !== undefined && { about }),
        sources: sourcesOf(it, all),
      }),
  )}</div>
`
  return text
}

/** The contestant that the lesson of this page teaches. */
function taughtHere({ section }: SiteScenario, env: Env): string | undefined {
  const page = pathInRepository(fileOf(env))
  const found = section.entries.find(
    ({ contestant: { lesson } }) =>
      lesson !== undefined && page.startsWith(`lessons/${lesson}/`),
  )
  return found?.contestant.id
}
