// Where participants stand: as far apart as the texts between them want it, as
// close together as the width wants it.

import type { Scale } from './drawing.ts'
import { widestOf } from './measure.ts'
import type { Message, Note, Sequence, Step } from './sequence.ts'
import { space } from './space.ts'
import { leastWidthOf, wrap } from './wrap.ts'

export interface Lanes {
  readonly width: number
  /** The middle of each participant, from the left. */
  readonly centres: readonly number[]
  readonly heads: readonly Head[]
}

export interface Head {
  readonly lines: readonly string[]
  readonly width: number
}

/** The index of the first of some strips, and of the last. */
export type Strips = readonly [first: number, last: number]

/** A strip beside a lane: before the first, between two, or after the last. */
interface Strip {
  least: number
  wanted: number
}

export function lanesOf(sequence: Sequence, scale: Scale): Lanes {
  const heads = sequence.participants.map(({ label }) => headOf(label, scale))
  const frames = space.frame * depthOf(sequence.steps)
  const strips = stripsBetween(heads, frames, scale)
  for (const step of allSteps(sequence.steps))
    if (step.kind !== 'frame') want(strips, step, frames, scale)
  const widths = shared(strips, scale.width)
  const edges = widths.map((_, index) => sum(widths.slice(0, index + 1)))
  return { width: sum(widths), centres: edges.slice(0, -1), heads }
}

/** The strips beside or between which the text of a message stands. */
export function stripsOf({ from, to }: Message, lanes: number): Strips {
  if (from !== to) return [Math.min(from, to) + 1, Math.max(from, to)]
  const isLast = from === lanes - 1 && lanes > 1
  return isLast ? [from, from] : [from + 1, from + 1]
}

/** Where a note stands: over the outermost participants without margins. */
export function placeOf(
  { place, from }: Note,
  lanes: number,
  { margins }: Scale,
): Note['place'] {
  const outside =
    (place === 'left' && from === 0) ||
    (place === 'right' && from === lanes - 1)
  return outside && !margins ? 'over' : place
}

/** How deep the frames stand in each other. */
function depthOf(steps: readonly Step[]): number {
  const depths = steps.map((step) =>
    step.kind === 'frame'
      ? 1 + Math.max(...step.sections.map(({ steps }) => depthOf(steps)))
      : 0,
  )
  return Math.max(0, ...depths)
}

function headOf(label: string, scale: Scale): Head {
  const size = scale.size * space.bold
  const lines = wrap(label, size, scale.size * 9)
  return { lines, width: Math.max(48, widestOf(lines, size) + 2 * space.pad) }
}

function stripsBetween(
  heads: readonly Head[],
  frames: number,
  { gap }: Scale,
): Strip[] {
  const outer = space.reach + frames + 1
  return [undefined, ...heads].map((left, index) => {
    const right = heads[index]
    const halves = ((left?.width ?? 0) + (right?.width ?? 0)) / 2
    const inner = left && right
    const least = inner ? halves + space.pad : Math.max(halves + 1, outer)
    return { least, wanted: inner ? Math.max(least, gap) : least }
  })
}

/** @param frames the room that frames take on either side */
function want(
  strips: readonly Strip[],
  step: Message | Note,
  frames: number,
  scale: Scale,
): void {
  const { size } = scale
  const lanes = strips.length - 1
  const enlarge = (index: number, least: number, wanted: number) => {
    const strip = strips[index]
    if (!strip) return
    strip.least = Math.max(strip.least, least)
    strip.wanted = Math.max(strip.wanted, least, wanted)
  }
  const torn = Math.min(leastWidthOf(step.text, size), size * 11)
  const whole = widestOf(step.text.split('\n'), size)
  if (step.kind === 'message') {
    const [first, last] = stripsOf(step, lanes)
    const beside = 2 * space.pad + (step.from === step.to ? space.loop : 0)
    const shares = last - first + 1
    for (let index = first; index <= last; index++)
      enlarge(index, (torn + beside) / shares, (whole + beside) / shares)
    return
  }
  const place = placeOf(step, lanes, scale)
  if (place !== 'over') {
    const around = 4 * space.pad + frames + 1
    const index = place === 'left' ? step.from : step.from + 1
    enlarge(index, torn + around, whole + around)
  } else if (scale.margins && step.from === step.to) {
    // So that it stands in the middle of its lane at the edges too.
    const half = Math.min(whole / 2, size * 6) + space.pad + 2
    if (step.from === 0) enlarge(0, 0, half)
    if (step.from === lanes - 1) enlarge(lanes, 0, half)
  }
}

function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) =>
    step.kind === 'frame'
      ? [step, ...step.sections.flatMap(({ steps }) => allSteps(steps))]
      : [step],
  )
}

/** All get what they want up to a level at which the sum fits. */
function shared(strips: readonly Strip[], width: number): number[] {
  const upTo = (level: number) =>
    strips.map(({ least, wanted }) =>
      Math.ceil(Math.max(least, Math.min(wanted, level))),
    )
  let level = width
  while (level > 0 && sum(upTo(level)) > width) level--
  return upTo(level)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
