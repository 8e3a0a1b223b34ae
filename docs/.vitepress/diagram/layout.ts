// Gives everything in a diagram its place. Time flows down: nothing begins before
// what stands above it has arrived.

import type {
  Area,
  Box,
  Drawing,
  Label,
  Mark,
  Scale,
  Stroke,
} from './drawing.ts'
import { type Extent, Extents } from './extents.ts'
import { type Lanes, lanesOf, stripsOf } from './lanes.ts'
import { lifelines } from './lifelines.ts'
import { widestOf } from './measure.ts'
import type { Frame, Message, Note, Sequence, Step } from './sequence.ts'
import { space } from './space.ts'
import { wrap } from './wrap.ts'

export function layOut(sequence: Sequence, scale: Scale): Drawing {
  const flow = new Flow(sequence, scale)
  flow.all(sequence.steps, 0)
  return flow.end()
}

class Flow {
  readonly #sequence: Sequence
  readonly #scale: Scale
  readonly #lanes: Lanes
  readonly #extents: Extents
  readonly #labels: Label[] = []
  readonly #boxes: Box[] = []
  readonly #strokes: Stroke[] = []
  readonly #marks: Mark[] = []
  readonly #top: number
  #y: number

  constructor(sequence: Sequence, scale: Scale) {
    this.#sequence = sequence
    this.#scale = scale
    this.#lanes = lanesOf(sequence, scale)
    this.#extents = new Extents(this.#lanes, scale)
    this.#top = this.#heads()
    this.#y = this.#top + space.below
  }

  all(steps: readonly Step[], depth: number): void {
    for (const step of steps) {
      if (step.kind === 'note') this.#note(step, depth)
      else if (step.kind === 'frame') this.#frame(step, depth)
      else if (step.from === step.to) this.#toItself(step)
      else this.#message(step)
      this.#y += space.below
    }
  }

  end(): Drawing {
    const height = Math.ceil(this.#y + space.below)
    const { width, centres } = this.#lanes
    return {
      width,
      height,
      size: this.#scale.size,
      labels: this.#labels,
      boxes: this.#boxes,
      strokes: [
        ...lifelines(centres, this.#top, height, [
          ...this.#boxes.filter(({ kind }) => kind === 'note'),
          ...this.#labels.filter(({ kind }) => kind !== 'participant'),
        ]),
        ...this.#strokes,
      ],
      marks: this.#marks,
    }
  }

  /** @returns where they end */
  #heads(): number {
    const { heads, centres } = this.#lanes
    const { participants } = this.#sequence
    const { lineHeight } = this.#scale
    const heights = heads.map(
      ({ lines }, index) =>
        lines.length * lineHeight +
        (participants[index]?.isActor ? space.person : space.pad),
    )
    const bottom = Math.max(...heights) + 1
    heads.forEach(({ lines, width }, index) => {
      const centre = centres[index] ?? 0
      const height = heights[index] ?? 0
      const box = { x: centre - width / 2, y: bottom - height, width, height }
      const text = { ...box, height: lines.length * lineHeight }
      if (participants[index]?.isActor) {
        const y = text.y + space.person - 2
        this.#marks.push({ kind: 'person', x: centre, y: box.y, angle: 0 })
        this.#label('participant', lines, { ...text, y })
      } else {
        this.#boxes.push({ kind: 'participant', ...box })
        this.#label('participant', lines, { ...text, y: box.y + space.pad / 2 })
      }
    })
    return bottom
  }

  #message(message: Message): void {
    const { size, lineHeight, drop } = this.#scale
    const from = this.#extents.centre(message.from)
    const to = this.#extents.centre(message.to)
    const [left, right] = this.#extents.strips(
      stripsOf(message, this.#lanes.heads.length),
    )
    const lines = wrap(message.text, size, right - left - 2 * space.pad)
    const width = widestOf(lines, size)
    const height = lines.length * lineHeight
    // The arrow slants: where the text begins it has come down a bit already.
    const clear = (right - left - width) / 2
    const fallen = (drop * clear) / Math.abs(to - from)
    const start = Math.max(this.#y, this.#y + height + 2 - fallen)
    const y = start + fallen - height - 2
    this.#label('message', lines, { x: left + clear, y, width, height })
    const end = start + drop
    const reached = message.end === 'cross' ? 0.72 : 1
    const tip = {
      x: from + (to - from) * reached - Math.sign(to - from),
      y: start + drop * reached,
    }
    const angle = Math.atan2(tip.y - start, tip.x - from)
    this.#strokes.push({
      kind: message.dashed ? 'answer' : 'message',
      points: [{ x: from, y: start }, tip],
    })
    this.#marks.push({ kind: message.end, ...tip, angle })
    this.#y = end
  }

  #toItself(message: Message): void {
    const { size, lineHeight } = this.#scale
    const lane = this.#extents.centre(message.from)
    const [left, right] = this.#extents.strips(
      stripsOf(message, this.#lanes.heads.length),
    )
    const side = lane === left ? 1 : -1
    const room = right - left - space.loop - 2 * space.pad
    const lines = wrap(message.text, size, room)
    const width = widestOf(lines, size)
    const text = lines.length * lineHeight
    const height = Math.max(text, lineHeight * 1.2)
    const y = this.#y + (height - text) / 2
    const reach = space.loop + space.pad
    const x = side === 1 ? lane + reach : lane - reach - width
    const align = side === 1 ? 'start' : 'end'
    this.#label('message', lines, { x, y, width, height: text }, align)
    const first = this.#y + (height - lineHeight) / 2
    const last = first + lineHeight
    const far = lane + side * space.loop
    const tip = { x: message.end === 'cross' ? far : lane + side, y: last }
    this.#strokes.push({
      kind: message.dashed ? 'answer' : 'message',
      points: [
        { x: lane, y: first },
        { x: far, y: first },
        { ...tip, x: far },
        tip,
      ],
    })
    const angle = side === 1 ? Math.PI : 0
    this.#marks.push({ kind: message.end, ...tip, angle })
    this.#y += height
  }

  #note(note: Note, depth: number): void {
    const [left, right] = this.#extents.note(note, depth)
    const { size, lineHeight } = this.#scale
    const lines = wrap(note.text, size, right - left - 2 * space.pad)
    const height = lines.length * lineHeight
    const box = { x: left, y: this.#y, width: right - left }
    this.#boxes.push({ kind: 'note', ...box, height: height + space.pad })
    this.#label('note', lines, { ...box, y: box.y + space.pad / 2, height })
    this.#y += height + space.pad
  }

  #frame(frame: Frame, depth: number): void {
    const extent = this.#extents.frame(frame, depth)
    const [left, right] = extent
    const top = this.#y
    frame.sections.forEach(({ label, steps }, index) => {
      if (index === 0) this.#header(frame.type, label, extent)
      else this.#divider(frame.type, label, extent)
      this.all(steps, depth + 1)
    })
    const area = { x: left, y: top, width: right - left, height: this.#y - top }
    this.#boxes.push({ kind: 'frame', ...area })
  }

  #header(type: string, label: string, [left, right]: Extent): void {
    const { size, lineHeight } = this.#scale
    const width = widestOf([type], size * space.bold) + 2 * space.pad
    const tab = { x: left, y: this.#y, width, height: lineHeight + 4 }
    this.#boxes.push({ kind: 'type', ...tab })
    const text = { ...tab, y: tab.y + 2, height: lineHeight }
    this.#label('type', [type], text)
    const height = this.#condition(label, [left + width, right], this.#y + 3)
    this.#y += Math.max(tab.height, height + 3) + space.below
  }

  #divider(type: string, label: string, extent: Extent): void {
    const [left, right] = extent
    const y = this.#y
    const points = [left, right].map((x) => ({ x, y }))
    this.#strokes.push({ kind: 'divider', points })
    const text = label || (type === 'par' ? 'and' : 'else')
    this.#y += this.#condition(text, extent, y + 4) + 4 + space.below
  }

  /** @returns its height */
  #condition(label: string, [left, right]: Extent, y: number): number {
    const { size, lineHeight } = this.#scale
    const lines = wrap(label, size, right - left - 2 * space.pad)
    const height = lines.length * lineHeight
    const x = left + space.pad
    const width = widestOf(lines, size)
    this.#label('condition', lines, { x, y, width, height }, 'start')
    return height
  }

  #label(
    kind: Label['kind'],
    lines: readonly string[],
    area: Area,
    align: Label['align'] = 'middle',
  ): void {
    if (lines.length === 0) return
    const { lineHeight } = this.#scale
    this.#labels.push({ kind, lines, lineHeight, align, ...area })
  }
}
