// The data of each chart, `charts/push-latency.p50Us.json`: what the charts on
// the pages are drawn from, and what a reader downloads.

import { chartFile, sourcesOf } from '../figures/chart-file.ts'
import { ownChart } from '../figures/own-figures.ts'
import { recordedCharts } from '../figures/recorded.ts'
import { siteScenarios } from '../figures/site-figures.ts'
import { references } from '../references.ts'
import type { Plugin } from './plugin.ts'
import { serveJson } from './serve-json.ts'

export function charts(base: string): Plugin[] {
  const files = serveJson(base, {
    name: 'charts',
    names: () => [...figures(), ...recordedCharts()].map(({ id }) => id),
    read(id) {
      const found = figures().find((one) => one.id === id)
      const file = found
        ? chartFile(found, sourcesOf(found, references()))
        : (ownChart(id) ?? recordedCharts().find((one) => one.id === id))
      return file && `${JSON.stringify(file)}\n`
    },
  })
  return [...files, drawnWith]
}

/** Found at the first chart, it would load the page again. */
const drawnWith: Plugin = {
  name: 'workbook-charts-drawn',
  config: () => ({ optimizeDeps: { include: ['chart.js'] } }),
}

function figures() {
  return siteScenarios(references()).flatMap((one) => one.figures)
}
