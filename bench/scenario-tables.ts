// What a scenario's charts show, as tables for a write-up: `npm run sync` puts
// them between `<!-- figures page-load -->` and `<!-- /figures -->`.

import { describeSources, figureOf } from './lesson-costs.ts'
import type { Reference } from './references.ts'
import { mergedSections } from './report/merge.ts'
import { ownNames } from './report/positions.ts'
import { type SectionView, viewsOf } from './report/views.ts'

/** Its group `id` names the scenario. */
export const figuresMarks =
  /(?<open><!-- figures (?<id>[\w-]+) -->\n)[\s\S]*?(?<close><!-- \/figures -->)/g

/** The write-up with the tables; as it was where nothing was measured yet. */
export function withFigures(
  text: string,
  references: readonly Reference[],
): string {
  return text.replaceAll(figuresMarks, (before, open, id, close) => {
    const tables = tablesOf(id, references)
    return tables === undefined ? before : `${open}\n${tables}\n\n${close}`
  })
}

function tablesOf(
  id: string,
  references: readonly Reference[],
): string | undefined {
  const section = mergedSections(references).find(
    ({ scenario }) => scenario.id === id,
  )
  if (section === undefined) return undefined
  const used = new Set(section.entries.map(({ source }) => source))
  return [
    ...viewsOf(section).map(tableOf),
    describeSources(references.filter(({ result }) => used.has(result.id))),
  ].join('\n\n')
}

function tableOf({ metric, section, at }: SectionView): string {
  const { scenario, contestants, variants, entries } = section
  const names = variants.length > 1 ? ownNames(variants) : ['']
  const here = contestants.filter((one) =>
    entries.some(({ contestant }) => contestant === one),
  )
  const rows = here.map((contestant) => {
    const figures = variants.map((variant) => {
      const entry = entries.find(
        ({ contestant: { id }, cell }) =>
          id === contestant.id && cell.variant === variant,
      )
      return figureOf(entry?.cell, metric, scenario)
    })
    return `| ${contestant.title} | ${figures.join(' | ')} |`
  })
  const title = [metric.title, at].filter(Boolean).join(', ')
  return [
    `| **${title}** | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---:').join('|')}|`,
    ...rows,
  ].join('\n')
}
