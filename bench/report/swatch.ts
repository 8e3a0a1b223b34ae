// A transport's line and marker as a small picture for legends and tables.

import { type Html, html } from './html.ts'
import type { Identity, Marker } from './identity.ts'

const shapes: Readonly<Record<Marker, string>> = {
  circle: 'M9 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z',
  rect: 'M9.5 1.5h9v9h-9z',
  cross: 'M14 0.5v11M8.5 6h11',
  triangleDown: 'M14 11l5-9.5h-10z',
  triangle: 'M14 1l5 9.5h-10z',
  rectRot: 'M14 0.5l5.5 5.5l-5.5 5.5l-5.5-5.5z',
  star: 'M14 0.8v10.4M8.8 6h10.4M10.3 2.3l7.4 7.4M17.7 2.3l-7.4 7.4',
}

/** The path of a marker in a picture of 28 by 12. */
export function markerPath(marker: Marker): string {
  return shapes[marker]
}

/** Says nothing by itself: the name stands beside it. */
export function swatch({ colour, dash, marker, filled }: Identity): Html {
  // The ground shows through a hollow marker, and must hide the line there.
  const fill = filled ? colour : 'var(--paper)'
  return html`<svg class="swatch" viewBox="0 0 28 12" width="28" height="12"
    aria-hidden="true" stroke="${colour}" stroke-width="2"><path
    d="M0 6h28" stroke-dasharray="${dash.join(' ')}"/><path
    d="${markerPath(marker)}" fill="${fill}"/></svg>`
}
