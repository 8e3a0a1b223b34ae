// Runs in the report: draws every chart from the data beside it, again when
// day turns to night or the page is printed, and offers the data as a file.

import type { Chart as ChartJs } from 'chart.js'

import type { ChartSpec } from '../chart-spec.ts'
import { type Theme, themes } from '../theme.ts'
import { configOf } from './config.ts'

/** The script before this one defines it. */
declare const Chart: typeof ChartJs

const night = matchMedia('(prefers-color-scheme: dark)')
const places = [...document.querySelectorAll<HTMLElement>('.chart')]
let charts: ChartJs[] = []

Chart.defaults.font.family = 'system-ui, sans-serif'

function draw(theme: Theme): void {
  for (const chart of charts) chart.destroy()
  charts = places.flatMap((place) => {
    const canvas = place.querySelector('canvas')
    const data = place.querySelector('script')?.textContent
    if (!canvas || !data) return []
    const spec: ChartSpec = JSON.parse(data)
    return [new Chart(canvas, configOf(spec, { theme }))]
  })
}

function drawForScreen(): void {
  draw(night.matches ? themes.dark : themes.light)
}

function offerDownload(): void {
  const link = document.querySelector<HTMLAnchorElement>('#download')
  const data = document.querySelector('#result')?.textContent
  if (!link || !data) return
  const blob = new Blob([data], { type: 'application/json' })
  link.href = URL.createObjectURL(blob)
  link.hidden = false
}

drawForScreen()
offerDownload()
night.addEventListener('change', drawForScreen)
// Paper is white whatever the screen is.
addEventListener('beforeprint', () => {
  // What is folded away cannot be opened on paper.
  for (const details of document.querySelectorAll('details')) {
    details.open = true
  }
  draw(themes.light)
})
addEventListener('afterprint', drawForScreen)
