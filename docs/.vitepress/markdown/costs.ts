// What a transport costs, between `<!-- costs -->` and `<!-- /costs -->`: the
// write-up has a table there, and the site puts charts before it.

import type { MarkdownRenderer } from 'vitepress'

import { html } from '../../../bench/report/html.ts'
import { figureHtml } from '../figures/figure-html.ts'
import { lessonFigures } from '../figures/lesson-figures.ts'
import { references } from '../references.ts'
import { base, pathInRepository } from '../root.ts'
import { type Env, fileOf } from './env.ts'
import { figuresTableOf } from './figures-table.ts'

const lessonPage = /^lessons\/(?<folder>[^/]+)\/README\.md$/

export function costs(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-costs', (state) => {
    const env = state.env as Env
    const folder = lessonPage.exec(pathInRepository(fileOf(env)))?.groups
      ?.folder
    const { tokens } = state
    const isMark = (mark: string) =>
      tokens.findIndex(
        ({ type, content }) => type === 'html_block' && content.trim() === mark,
      )
    const [open, close] = [isMark('<!-- costs -->'), isMark('<!-- /costs -->')]
    if (folder === undefined || open === -1 || close < open) return
    const table = figuresTableOf(tokens.slice(open + 1, close), state.Token)
    const charts = new state.Token('html_block', '', 0)
    charts.content = chartsOf(folder, env)
    tokens.splice(open, close - open, charts, ...table)
  })
}

function chartsOf(folder: string, { includes }: Env): string {
  const all = references((file) => includes?.push(file))
  const figures = lessonFigures(all, folder)
  const { text } = html`<div class="lesson-costs">${figures.map((it) =>
    figureHtml(it, {
      about: folder,
      sources: [],
      caption: html`<div class="caption"><p><strong>Shows:</strong>
${it.section.scenario.shows} <a
href="${base}compare#${it.section.scenario.id}">All figures of
“${it.section.scenario.title}”</a></p></div>`,
      tables: false,
    }),
  )}</div>
`
  return text
}
