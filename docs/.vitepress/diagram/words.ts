// Tells a diagram in words, step by step, for those who do not see it and those
// who would rather read.

import { type Html, html } from '../../../bench/report/html.ts'
import type { Frame, FrameType, Sequence, Step } from './sequence.ts'

/** An ordered list. */
export function inWords({ participants, steps }: Sequence): Html {
  const names = participants.map(({ label }) => label.replaceAll('\n', ' '))
  return list(steps, names)
}

/** `Client and Server`, `A, B and C`. */
export function namesIn(sequence: Sequence): string {
  const names = sequence.participants.map(({ label }) =>
    label.replaceAll('\n', ' '),
  )
  return new Intl.ListFormat('en-GB').format(names)
}

function list(steps: readonly Step[], names: readonly string[]): Html {
  return html`<ol>${steps.map((step) => items(step, names))}</ol>`
}

function items(step: Step, names: readonly string[]): Html {
  if (step.kind === 'frame') return frame(step, names)
  const from = names[step.from] ?? ''
  const to = names[step.to] ?? ''
  if (step.kind === 'note')
    return item(from === to ? from : `${from} and ${to}`, step.text)
  const lost = step.end === 'cross' ? ', lost on the way' : ''
  return item(`${from} to ${from === to ? 'itself' : to}${lost}`, step.text)
}

const beginnings: Record<FrameType, readonly [first: string, next: string]> = {
  loop: ['Again and again', ''],
  alt: ['Either', 'Or'],
  opt: ['Perhaps', ''],
  par: ['At the same time', 'And'],
}

function frame({ type, sections }: Frame, names: readonly string[]): Html {
  const [first, next] = beginnings[type]
  const all = sections.map(({ label, steps }, index) => {
    const who = index === 0 ? first : next
    const what = label === '' ? '' : html`, ${marked(label)}`
    return html`<li>${who}${what}:${list(steps, names)}</li>`
  })
  return html`${all}`
}

function item(who: string, text: string): Html {
  const what = text === '' ? '' : html`: ${marked(text)}`
  return html`<li>${marked(who)}${what}</li>`
}

/** With what stands between backticks as code, on one line. */
function marked(text: string): Html {
  const parts = text
    .replaceAll('\n', ' ')
    .split('`')
    .map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))
  return html`${parts}`
}
