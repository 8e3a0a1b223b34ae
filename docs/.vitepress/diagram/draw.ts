// Draws a diagram for a page: for wide screens and paper, for phones, and told in
// words. No script takes part, and CSS shows the one that fits.

import { type Html, html } from '../../../bench/report/html.ts'
import type { Drawing, Scale } from './drawing.ts'
import { layOut } from './layout.ts'
import type { Sequence } from './sequence.ts'
import { svgOf } from './svg.ts'
import { inWords, namesIn } from './words.ts'

/** As wide as a page's text. */
export const wide: Scale = {
  size: 14,
  lineHeight: 19,
  width: 640,
  gap: 320,
  margins: true,
  drop: 15,
}

/** A phone of 390 pixels, less VitePress's margins. */
export const narrow: Scale = {
  size: 12.5,
  lineHeight: 16.5,
  width: 342,
  gap: 260,
  margins: false,
  drop: 11,
}

/**
 * @param heading what the page says above it
 * @param id unique in the page
 */
export function draw(sequence: Sequence, heading: string, id: string): Html {
  const what = `sequence diagram of ${namesIn(sequence)}`
  const title = heading === '' ? what : `${heading}: ${what}`
  const drawn = Object.entries({ wide, narrow }).map(([name, scale]) => {
    const drawing = layOut(sequence, scale)
    const image = svgOf(drawing, title, `${id}-${name}`)
    return html`<div class="${name}"${scrolling(drawing, scale, title)}>${image}</div>`
  })
  return html`<figure class="sequence" v-pre>${drawn}<details><summary>The same in words</summary>${inWords(sequence)}</details></figure>`
}

/** Drawings are rather made a bit smaller than scrolled: to 11 pixels a letter. */
const shrinking = 12.5 / 11

/** What must be scrolled must be reached by keys too (WCAG 2.2, 2.1.1). */
function scrolling({ width }: Drawing, scale: Scale, title: string): Html {
  return width > scale.width * shrinking
    ? html` role="region" tabindex="0" aria-label="${title}"`
    : html``
}
