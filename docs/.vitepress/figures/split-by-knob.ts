// Who was measured at one position of a knob only has no line over it: there,
// and only there, all get a chart of their own.

import type { Entry, Section } from '../../../bench/report/lookup.ts'

export interface Part {
  /** Of the knob; empty for the part that shows all of them. */
  readonly position: string
  readonly section: Section
}

export function splitByKnob(section: Section): Part[] {
  const { entries, variants } = section
  const positionsOf = ({ contestant }: Entry) =>
    entries.filter((one) => one.contestant.id === contestant.id).length
  const single = entries.filter((entry) => positionsOf(entry) === 1)
  const isWhole = single.length === 0 || single.length === entries.length
  if (variants.length < 2 || isWhole) return [{ position: '', section }]
  const whole = entries.filter((entry) => positionsOf(entry) > 1)
  const positions = variants.filter((variant) =>
    single.some(({ cell }) => cell.variant === variant),
  )
  return [
    { position: '', section: { ...section, entries: whole } },
    ...positions.map((position) => ({
      position,
      section: {
        ...section,
        variants: [position],
        entries: entries.filter(({ cell }) => cell.variant === position),
      },
    })),
  ]
}
