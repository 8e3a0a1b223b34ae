// One scenario as a section of the page: its question, its charts with what
// they show in words and figures, and what they do not show.

import type { Metric } from '../result.ts'
import { metricChart } from './charts.ts'
import { figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { type Html, html } from './html.ts'
import { describeImplementations } from './implementations.ts'
import { describeLoad } from './load-words.ts'
import { headlinesOf, reportedOn, type Section } from './lookup.ts'
import { percentileFigure } from './percentile-figure.ts'
import { modelMeanings } from './verdict.ts'
import { describeMetric, list } from './words.ts'

export function scenarioSection(section: Section): Html {
  const { scenario, absent, result } = section
  const headlines = headlinesOf(scenario)
  const others = scenario.metrics.filter((one) => !headlines.includes(one))
  const here = new Set(section.entries.map((entry) => entry.contestant))
  return html`<section id="${scenario.id}" class="scenario">
<h2>${scenario.title}</h2>
<p class="lead">${scenario.question}</p>
<p class="dim">${modelMeanings[scenario.model]}
${describeLoad(section.runs)}</p>
${headlines.map((metric) => metricFigure(section, metric))}
${percentileFigure(section)}
${
  others.length > 0 &&
  html`<details class="card"><summary>${others.length} more
${others.length === 1 ? 'figure' : 'figures'}: ${list(
    others.map((one) => one.title),
  )}</summary>
${others.map((metric) => figuresTable(section, metric))}</details>`
}
<div class="caveats">${describeImplementations([...here]).map(
    (sentence) => html`<p>${sentence}</p>`,
  )}${absent.map(({ contestant, reason }) => {
    const facts = result.contestants.find((one) => one.id === contestant)
    return html`<p><strong>${facts?.title ?? contestant}</strong> was left
out: ${reason}</p>`
  })}</div>
</section>`
}

function metricFigure(section: Section, metric: Metric): Html {
  const sentences = section.variants.map((variant) => ({
    variant,
    text: describeMetric(metric, reportedOn(section, metric, variant), {
      // Nobody reads a wall of figures: of several variants the table has them.
      intervals: section.variants.length === 1,
    }),
  }))
  const [only] = sentences
  const words =
    sentences.length === 1
      ? html`<p class="words">${only?.text}</p>`
      : html`<ul class="words">${sentences.map(
          ({ variant, text }) =>
            html`<li><strong>${variant}:</strong> ${text}</li>`,
        )}</ul>`
  const table = figuresTable(section, metric)
  const better = metric.better === 'lower' ? 'lower' : 'higher'
  return figure(section, {
    title: metric.title,
    note: `${better} is better`,
    spec: metricChart(section, metric),
    alternative: sentences.map(({ text }) => text).join(' '),
    words,
    more:
      sentences.length === 1
        ? table
        : html`<details><summary>All figures</summary>${table}</details>`,
  })
}
