// One figure in a paragraph of its own. Within a sentence it is
// `<!-- figure push-latency p50Us 04-server-sent-events -->`, see
// markdown/figures.ts.

import { type Html, html } from '../../../bench/report/html.ts'
import { figureText } from '../figures/figure-text.ts'
import type { InsertContext } from '../markdown/inserts.ts'

/** @throws Error that says what there is, when there is no such figure */
export function figure({ args, references }: InsertContext): Html {
  return html`<p>${figureText(references(), args)}</p>`
}
