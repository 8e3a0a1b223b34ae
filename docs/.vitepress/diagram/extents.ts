// How far from side to side notes and frames go: known before anything has its
// height, as it tells how their texts wrap.

import type { Scale } from './drawing.ts'
import { type Lanes, placeOf, type Strips, stripsOf } from './lanes.ts'
import { widestOf, widthOf } from './measure.ts'
import type { Frame, Message, Note, Step } from './sequence.ts'
import { space } from './space.ts'
import { wrap } from './wrap.ts'

/** From left to right. */
export type Extent = readonly [left: number, right: number]

export class Extents {
  readonly #lanes: Lanes
  readonly #scale: Scale

  constructor(lanes: Lanes, scale: Scale) {
    this.#lanes = lanes
    this.#scale = scale
  }

  /** Of strips, between the lanes around them or the edge. */
  strips([first, last]: Strips): Extent {
    return [this.centre(first - 1), this.centre(last)]
  }

  /** Of a lane, or the edge where there is none. */
  centre(lane: number): number {
    const { centres, width } = this.#lanes
    return lane < 0 ? 0 : (centres[lane] ?? width)
  }

  /** @param depth the number of frames around it */
  note(note: Note, depth: number): Extent {
    const [left, right] = this.#roomOf(note, depth)
    if (note.from !== note.to) return [left, right]
    const { size } = this.#scale
    const most = Math.min(right - left, size * 20)
    const lines = wrap(note.text, size, most - 2 * space.pad)
    const width = Math.ceil(widestOf(lines, size) + 2 * space.pad)
    const place = this.#placeOf(note)
    if (place === 'left') return [right - width, right]
    if (place === 'right') return [left, left + width]
    const middle = this.centre(note.from) - width / 2
    const x = Math.max(left, Math.min(middle, right - width))
    return [x, x + width]
  }

  frame(frame: Frame, depth: number): Extent {
    const inner = frame.sections.flatMap(({ steps }) =>
      steps.map((step) => this.#step(step, depth + 1)),
    )
    const all = inner.length > 0 ? inner : [this.#edges(depth + 1)]
    const left = Math.min(...all.map(([left]) => left)) - space.frame
    const right = Math.max(...all.map(([, right]) => right)) + space.frame
    return this.#widened([left, right], frame, depth)
  }

  #step(step: Step, depth: number): Extent {
    if (step.kind === 'note') return this.note(step, depth)
    if (step.kind === 'frame') return this.frame(step, depth)
    return this.#message(step)
  }

  #message(message: Message): Extent {
    const { from, to } = message
    const ends = [this.centre(from), this.centre(to)]
    if (from === to) {
      const [left, right] = this.strips(
        stripsOf(message, this.#lanes.heads.length),
      )
      const own = widthOf(message.text, this.#scale.size) + space.loop
      const room = Math.min(own, right - left - 2 * space.pad) + space.pad
      ends.push(left === ends[0] ? left + room : right - room)
    }
    return [Math.min(...ends) - 6, Math.max(...ends) + 6]
  }

  /** Wide enough for its first line. */
  #widened([left, right]: Extent, frame: Frame, depth: number): Extent {
    const { size } = this.#scale
    const label = frame.sections.map(({ label }) => widthOf(label, size))
    const least = size * 5 + Math.min(size * 9, Math.max(...label))
    const [first, last] = this.#edges(depth)
    const moved = Math.min(last, Math.max(right, left + least))
    return [Math.max(first, Math.min(left, moved - least)), moved]
  }

  #placeOf(note: Note): Note['place'] {
    return placeOf(note, this.#lanes.heads.length, this.#scale)
  }

  #roomOf(note: Note, depth: number): Extent {
    const { from, to } = note
    const place = this.#placeOf(note)
    const [first, last] = this.#edges(depth)
    const { pad, reach } = space
    const before = Math.max(first, this.centre(from - 1) + pad)
    const after = Math.min(last, this.centre(to + 1) - pad)
    if (place === 'left') return [before, this.centre(from) - pad]
    if (place === 'right') return [this.centre(to) + pad, after]
    return from === to
      ? [before, after]
      : [this.centre(from) - reach, this.centre(to) + reach]
  }

  /** What is left between the frames around. */
  #edges(depth: number): Extent {
    const inset = 1 + depth * space.frame
    return [inset, this.#lanes.width - inset]
  }
}
