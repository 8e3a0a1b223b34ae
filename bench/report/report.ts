// Turns a result into one HTML file that opens from disk, without a network.

import type { Result } from '../result.ts'
import { head } from './head.ts'
import { html, scriptJson } from './html.ts'
import { sectionsOf } from './lookup.ts'
import { overview } from './overview.ts'
import { page } from './page.ts'
import { scenarioSection } from './scenario.ts'

export async function renderReport(result: Result): Promise<string> {
  const titles = result.scenarios.map((one) => one.title).join(', ')
  return page({
    title: `${titles} – HTTP Push Workbook`,
    content: html`${head(result)}
${overview(result)}
${sectionsOf(result).map(scenarioSection)}
<script type="application/json" id="result">${scriptJson(result)}</script>`,
  })
}
