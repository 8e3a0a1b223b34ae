// The figure of one metric: its chart, its order in words, and its table.

import type { Metric } from '../result.ts'
import { metricChart } from './charts.ts'
import type { Figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { html } from './html.ts'
import { reportedOn, type Section } from './lookup.ts'
import { ownNames } from './positions.ts'
import { describeMetric } from './words.ts'

export function metricFigure(section: Section, metric: Metric): Figure {
  const names = ownNames(section.variants)
  const sentences = section.variants.map((variant, n) => ({
    name: names[n],
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
          ({ name, text }) => html`<li><strong>${name}:</strong> ${text}</li>`,
        )}</ul>`
  const better = metric.better === 'lower' ? 'lower' : 'higher'
  return {
    title: metric.title,
    note: `${better} is better`,
    spec: metricChart(section, metric),
    alternative: sentences.map(({ text }) => text).join(' '),
    words,
    tables: figuresTable(section, metric),
    isLong: sentences.length > 1,
  }
}
