// What the marks in figures mean, as every report says it.

import { legend as meanings } from '../../../bench/report/head.ts'
import type { Html } from '../../../bench/report/html.ts'
import { html } from '../../../bench/report/html.ts'

export function legend(): Html {
  return html`<div class="bench-legend">${meanings()}</div>`
}
