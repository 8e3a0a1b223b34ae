// The reader's own newest run beside ours: only while the site is served from
// the reader's machine. A published site says how to get there.

import { type Html, html } from '../../../bench/report/html.ts'
import { describeLoad } from '../../../bench/report/load-words.ts'
import {
  dayOf,
  describeMachine,
  roundsOf,
} from '../../../bench/report/machine-words.ts'
import type { Result } from '../../../bench/result.ts'
import { figureHtml } from '../figures/figure-html.ts'
import {
  type OwnScenario,
  ownScenarios,
  ownSources,
} from '../figures/own-figures.ts'
import { ownRun as newest } from '../figures/own-run.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function ownRun({ references }: InsertContext): Html {
  const run = newest()
  if (run === undefined)
    return html`<p><code>npm run bench</code> measures your machine in less than
two minutes, and <code>npm start</code> then shows your figures here, beside ours.</p>`
  const scenarios = ownScenarios(run, references())
  return html`<div class="own-run">
<p><code>${run.command}</code> of ${dayOf(run)}, ${roundsOf(run)}, on
${describeMachine(run.environment)}. Ours is the newest figure of each kind
among the runs below.</p>
${scenarios.map((one) => scenario(run, one))}</div>`
}

function scenario(run: Result, { own, ours, figures }: OwnScenario): Html {
  const [asked, askedOfOurs] = [own, ours].map(({ runs }) => describeLoad(runs))
  return html`<h3>${own.scenario.title}</h3>
${
  asked !== askedOfOurs &&
  html`<p class="dim">They were not asked the same. Yours: ${asked}. Ours:
${askedOfOurs}.</p>`
}
${figures.map((it) =>
  figureHtml(it, {
    isNamed: true,
    sources: ownSources(run, it),
    caption: html`<div class="caption"><p class="words">${it.figure.words}</p></div>`,
  }),
)}`
}
