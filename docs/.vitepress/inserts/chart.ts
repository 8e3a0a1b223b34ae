// One figure: its chart, words, table and data.
// `<!-- insert chart push-latency.percentiles -->`

import type { Html } from '../../../bench/report/html.ts'
import { sourcesOf } from '../figures/chart-file.ts'
import { figureHtml } from '../figures/figure-html.ts'
import { siteFigure } from '../figures/site-figures.ts'
import type { InsertContext } from '../markdown/inserts.ts'

/** @throws Error that names the charts, when there is no such one */
export function chart({ args, references }: InsertContext): Html {
  const all = references()
  const it = siteFigure(all, args[0] ?? '')
  return figureHtml(it, { sources: sourcesOf(it, all) })
}
