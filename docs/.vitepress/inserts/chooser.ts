// The questions to click through, with all that they need to be answered.

import { type Html, html } from '../../../bench/report/html.ts'
import { lessonCandidates } from '../choose/candidates.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function chooser(context: InsertContext): Html {
  const candidates = JSON.stringify(lessonCandidates(context))
  return html`<TransportChooser :candidates="${candidates}" />`
}
