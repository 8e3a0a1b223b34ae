// A verdict as a mark that does not depend on colour, and what each one means.

import type { LoadModel, Verdict } from '../result.ts'
import { type Html, html } from './html.ts'

export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  ok: 'nothing speaks against the figure',
  noisy: 'something else used the machine, or the figure never settled',
  'generator-bound': 'our own load, not the server, set the figure',
  lossy: 'messages that had to arrive did not, or came twice',
  invalid: 'no figure at all',
}

const signs: Readonly<Record<Verdict, string>> = {
  ok: '✓',
  noisy: '≈',
  'generator-bound': '⊣',
  lossy: '∅',
  invalid: '✕',
}

export const modelMeanings: Readonly<Record<LoadModel, string>> = {
  open: 'Open load: messages are due by a schedule that waits for nobody.',
  closed: 'Closed load: the next message is due when the last has arrived.',
  saturate: 'Saturating load: as many messages as are taken.',
  idle: 'Idle: connections without messages.',
  visit: 'Visits: one after the other, each over new connections.',
}

export function verdictMark(verdict: Verdict, words: string = verdict): Html {
  return html`<span class="mark" data-verdict="${verdict}"><span
aria-hidden="true">${signs[verdict]}</span> ${words}</span>`
}
