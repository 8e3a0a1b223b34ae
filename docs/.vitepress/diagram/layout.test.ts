// Where things stand: nothing on a text, nothing outside of the drawing.

import { describe, expect, it } from 'vitest'

import { narrow, wide } from './draw.ts'
import type { Area, Drawing, Point } from './drawing.ts'
import { layOut } from './layout.ts'
import { parse } from './parse.ts'
import { diagramsOfLessons, everything } from './testing.ts'

const sources = [
  ...(await diagramsOfLessons()),
  { name: 'one with everything', source: everything },
  {
    name: 'one with a single participant',
    source:
      'sequenceDiagram\nparticipant A as Alone\nA->>A: thinks about it\nNote over A: and again\nNote left of A: on its own',
  },
]
const drawn = sources.flatMap(({ name, source }) =>
  Object.entries({ wide, narrow }).map(([scale, metrics]) => ({
    name: `${name}, ${scale}`,
    scale: metrics,
    drawing: layOut(parse(source), metrics),
  })),
)

describe.each(drawn)('$name', ({ drawing, scale }) => {
  const { labels, boxes, strokes, width, height } = drawing

  it('has no label on another', () => {
    for (const [index, label] of labels.entries())
      for (const other of labels.slice(index + 1))
        expect(overlap(label, other), both(label, other)).toBe(false)
  })

  it('has no line through a label', () => {
    for (const { points } of strokes)
      for (const [index, from] of points.slice(0, -1).entries()) {
        const to = points[index + 1] ?? from
        for (const label of labels)
          expect(crosses(from, to, label), both(label, { from, to })).toBe(
            false,
          )
      }
  })

  it('has no lifeline in a note', () => {
    const notes = boxes.filter(({ kind }) => kind === 'note')
    for (const { kind, points } of strokes)
      for (const note of kind === 'lifeline' ? notes : []) {
        const [from = note, to = from] = points
        expect(crosses(from, to, note), both(note, points)).toBe(false)
      }
  })

  it('has no edge of a box through a label', () => {
    for (const box of boxes)
      for (const label of labels)
        expect(
          !overlap(box, label) || contains(box, label),
          both(box, label),
        ).toBe(true)
  })

  it('has nothing outside', () => {
    const all = { x: 0, y: 0, width, height }
    for (const area of [...labels, ...boxes])
      expect(contains(all, area), JSON.stringify(area)).toBe(true)
    for (const { x, y } of strokes.flatMap(({ points }) => points)) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(width)
      expect(y).toBeLessThanOrEqual(height)
    }
  })

  it('has frames in frames, and never across another', () => {
    const frames = boxes.filter(({ kind }) => kind === 'frame')
    for (const one of frames)
      for (const other of frames)
        expect(
          !overlap(one, other) || contains(one, other) || contains(other, one),
          both(one, other),
        ).toBe(true)
  })

  it('lets time flow down: messages arrive below where they were sent', () => {
    const messages = strokes.filter(
      ({ kind }) => kind === 'message' || kind === 'answer',
    )
    let arrived = 0
    for (const { points } of messages) {
      const [sent, received] = [points.at(0)?.y ?? 0, points.at(-1)?.y ?? 0]
      expect(sent).toBeGreaterThanOrEqual(arrived)
      expect(received).toBeGreaterThan(sent)
      arrived = received
    }
  })

  it('fits where it is shown, unless many take part', () => {
    const many = labels.filter(({ kind }) => kind === 'participant').length > 2
    if (!many) expect(width).toBeLessThanOrEqual(scale.width)
  })
})

it('loses a message on the way', () => {
  const { strokes, marks } = twoWith('C-xS: gone')
  const message = strokes.find(({ kind }) => kind === 'message')
  const [server = 0] = lifelineXs({ strokes }).slice(-1)
  expect(message?.points.at(-1)?.x).toBeLessThan(server - 20)
  expect(marks).toMatchObject([{ kind: 'cross' }])
})

it('points arrows down to whom they reach', () => {
  const [there, back] = twoWith('C->>S: a\nS-->>C: b').marks
  expect(there?.angle).toBeGreaterThan(0)
  expect(there?.angle).toBeLessThan(0.1)
  expect(Math.cos(back?.angle ?? 0)).toBeLessThan(-0.99)
  expect(Math.sin(back?.angle ?? 0)).toBeGreaterThan(0)
})

it('grows wider than a phone only where words need it', () => {
  const lanes = [...'ABCDEFGH']
  const lines = lanes.map((id) => `participant ${id} as Participant ${id}`)
  const crowd = parse(['sequenceDiagram', ...lines].join('\n'))
  expect(layOut(crowd, narrow).width).toBeGreaterThan(narrow.width)
})

function twoWith(lines: string): Drawing {
  const head = 'sequenceDiagram\nparticipant C\nparticipant S\n'
  return layOut(parse(head + lines), wide)
}

function lifelineXs({ strokes }: Pick<Drawing, 'strokes'>): number[] {
  return strokes
    .filter(({ kind }) => kind === 'lifeline')
    .map(({ points }) => points[0]?.x ?? 0)
}

function overlap(one: Area, other: Area): boolean {
  const slack = 0.01
  return (
    one.x + slack < other.x + other.width &&
    other.x + slack < one.x + one.width &&
    one.y + slack < other.y + other.height &&
    other.y + slack < one.y + one.height
  )
}

function contains(outer: Area, inner: Area): boolean {
  const slack = 0.01
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  )
}

/** Whether the way between two points leads through the area: tried every pixel. */
function crosses(from: Point, to: Point, area: Area): boolean {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y))
  for (let step = 0; step <= steps; step++) {
    const x = from.x + ((to.x - from.x) * step) / steps
    const y = from.y + ((to.y - from.y) * step) / steps
    if (overlap({ x, y, width: 0, height: 0 }, area)) return true
  }
  return false
}

function both(one: unknown, other: unknown): string {
  return `${JSON.stringify(one)} and ${JSON.stringify(other)}`
}
