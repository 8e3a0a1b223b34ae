// Writes a drawing as SVG. Its colours are those of theme/diagram.css; without
// that it is drawn in the colour of the text around it.

import { type Html, html } from '../../../bench/report/html.ts'
import type { Box, Drawing, Label, Mark, Stroke } from './drawing.ts'

/** @param id of its title, unique in the page */
export function svgOf(drawing: Drawing, title: string, id: string): Html {
  const { width, height, size } = drawing
  const strokes = drawing.strokes.map(stroke)
  return html`<svg role="img" aria-labelledby="${id}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="${size}" fill="none" stroke="currentColor"><title id="${id}">${title}</title>${strokes}${drawing.boxes.map(box)}${drawing.marks.map(mark)}<g fill="currentColor" stroke="none">${drawing.labels.map((one) => label(one, size))}</g></svg>`
}

function stroke({ kind, points }: Stroke): Html {
  const path = points.map(({ x, y }) => `${short(x)},${short(y)}`).join(' ')
  return html`<polyline class="${kind}" points="${path}"/>`
}

function box({ kind, x, y, width, height }: Box): Html {
  return html`<rect class="${kind}" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="${kind === 'frame' || kind === 'type' ? 3 : 6}"/>`
}

/** Each is drawn pointing to the right, its tip at 0,0. */
const shapes: Record<Mark['kind'], string> = {
  arrow: 'M0 0l-10-4.5v9z',
  open: 'M-8-5l8 5l-8 5',
  cross: 'M-5-5l10 10M-5 5l10-10',
  person: 'M0 1a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9M-9 21a9 9 0 0 1 18 0',
}

function mark({ kind, x, y, angle }: Mark): Html {
  const degrees = (angle * 180) / Math.PI
  const turn = degrees === 0 ? '' : `rotate(${short(degrees)})`
  return html`<path class="${kind}" transform="translate(${short(x)} ${short(y)})${turn}" d="${shapes[kind]}"/>`
}

function label(one: Label, size: number): Html {
  const { kind, lines, align, lineHeight } = one
  const part = { start: 0, middle: 0.5, end: 1 }[align]
  const x = short(one.x + one.width * part)
  // Capitals are about 0.72 of the size, and stand in the middle of the line.
  const y = one.y + lineHeight / 2 + size * 0.36
  const texts = lines.map((line, index) => {
    const baseline = short(y + index * lineHeight)
    const parts = line
      .split('`')
      .map((part, index) =>
        index % 2 ? html`<tspan class="code">${part}</tspan>` : part,
      )
    return html`<text class="${kind}" x="${x}" y="${baseline}" text-anchor="${align}">${parts}</text>`
  })
  return html`${texts}`
}

/** A tenth of a pixel is more than anybody sees. */
function short(length: number): string {
  return String(Math.round(length * 10) / 10)
}
