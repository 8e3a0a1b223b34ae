// The lines of those who take part: broken off where something stands on them,
// so that no text is crossed out and nothing needs a ground to cover lines.

import type { Area, Stroke } from './drawing.ts'

/** @param areas what stands in the way */
export function lifelines(
  centres: readonly number[],
  top: number,
  bottom: number,
  areas: readonly Area[],
): Stroke[] {
  return centres.flatMap((x) => {
    const inTheWay = areas
      .filter((area) => area.x - 3 < x && x < area.x + area.width + 3)
      .toSorted((one, other) => one.y - other.y)
    const strokes: Stroke[] = []
    let start = top
    const draw = (end: number) => {
      if (end <= start) return
      const points = [start, end].map((y) => ({ x, y }))
      strokes.push({ kind: 'lifeline', points })
    }
    for (const { y, height } of inTheWay) {
      draw(y)
      start = Math.max(start, y + height)
    }
    draw(bottom)
    return strokes
  })
}
