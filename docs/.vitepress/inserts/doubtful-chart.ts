// A figure in which a verdict is other than ok, to show how that looks: which
// one it is depends on what the committed results have.

import { type Html, html } from '../../../bench/report/html.ts'
import { sourcesOf } from '../figures/chart-file.ts'
import { figureHtml } from '../figures/figure-html.ts'
import { type SiteFigure, siteScenarios } from '../figures/site-figures.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function doubtfulChart({ references }: InsertContext): Html {
  const all = references()
  const figures = siteScenarios(all).flatMap((one) => one.figures)
  const it = figures.find(isDoubtful)
  if (it === undefined)
    return html`<p>At present every verdict on this site is ok.</p>`
  // Its page may show the same one as an example of another thing.
  return figureHtml(it, { sources: sourcesOf(it, all), suffix: '-doubtful' })
}

function isDoubtful({ figure: { spec } }: SiteFigure): boolean {
  return spec?.kind === 'dots' && spec.rows.some(({ doubtful }) => doubtful)
}
