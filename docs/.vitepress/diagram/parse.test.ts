// What is understood of mermaid's sequence diagrams, and what is refused.

import { describe, expect, it } from 'vitest'

import { parse } from './parse.ts'
import type { Step } from './sequence.ts'
import { diagramsOfLessons } from './testing.ts'

const two = 'sequenceDiagram\n  participant C as Client\n  participant S\n'

function stepsOf(lines: string): readonly Step[] {
  return parse(two + lines).steps
}

it('names those who take part, by their ids where they have no label', () => {
  const { participants } = parse(`${two}actor U as A reader<br>of pages`)
  expect(participants).toEqual([
    { label: 'Client', isActor: false },
    { label: 'S', isActor: false },
    { label: 'A reader\nof pages', isActor: true },
  ])
})

it.each([
  ['->>', { dashed: false, end: 'arrow' }],
  ['-->>', { dashed: true, end: 'arrow' }],
  ['-x', { dashed: false, end: 'cross' }],
  ['--x', { dashed: true, end: 'cross' }],
  ['-)', { dashed: false, end: 'open' }],
  ['--)', { dashed: true, end: 'open' }],
])('reads the arrow %s', (arrow, look) => {
  const message = { kind: 'message', from: 0, to: 1, text: 'a: b', ...look }
  expect(stepsOf(`C${arrow}S: a: b`)).toEqual([message])
  expect(stepsOf(`  C ${arrow} +S :a: b  `)).toEqual([message])
})

it.each([
  ['over S', { place: 'over', from: 1, to: 1 }],
  ['over S,C', { place: 'over', from: 0, to: 1 }],
  ['left of S', { place: 'left', from: 1, to: 1 }],
  ['right of C', { place: 'right', from: 0, to: 0 }],
])('reads a note %s', (where, expected) => {
  expect(stepsOf(`Note ${where}: waits`)).toEqual([
    { kind: 'note', text: 'waits', ...expected },
  ])
})

it('reads frames in frames, with all of their sections', () => {
  const steps = stepsOf(`
    loop every 5 s
      alt a message
        S-->>C: 200
      else none
        S-->>C: 304
      else
        Note over C: waits
      end
      par
        C->>S: one
      and then
        C->>S: other
      end
      opt
      end
    end
    C->>S: after`)
  expect(steps).toMatchObject([
    {
      type: 'loop',
      sections: [
        {
          label: 'every 5 s',
          steps: [
            {
              type: 'alt',
              sections: [
                { label: 'a message', steps: [{ text: '200' }] },
                { label: 'none', steps: [{ text: '304' }] },
                { label: '', steps: [{ text: 'waits' }] },
              ],
            },
            {
              type: 'par',
              sections: [
                { label: '', steps: [{ text: 'one' }] },
                { label: 'then', steps: [{ text: 'other' }] },
              ],
            },
            { type: 'opt', sections: [{ label: '', steps: [] }] },
          ],
        },
      ],
    },
    { text: 'after' },
  ])
})

it('passes over comments, empty lines and activations', () => {
  expect(stepsOf('%% why\n\nactivate S\ndeactivate S\n')).toEqual([])
})

it("decodes mermaid's way to write characters", () => {
  expect(stepsOf('C->>S: a#59; #quot;b#quot; #35;1')).toMatchObject([
    { text: 'a; "b" #1' },
  ])
})

describe('refuses, and says in which line', () => {
  it.each([
    [
      'C->S: no head',
      /^Line 4 .* must be one of .*X->>Y.*; got "C->S: no head"/,
    ],
    ['rect rgb(0, 0, 0)', /^Line 4 .* must be one of .*loop, alt/],
    ['\nC->>S no colon', /^Line 5 /],
    ['C->>T: x', /must name participants that lines above declare, not T;/],
    ['Note over T: x', /not T; got "Note over T: x"/],
    ['participant C', /must name somebody else: there is a participant C/],
    ['C->>S: one; two', /must hold no # and no ;/],
    ['C->>S: number #1', /write #35; and #59;/],
    ['loop\nC->>S: x', /^Line 4 .* must have an "end" below; got "loop"/],
    ['end', /must end a frame, but none is open/],
    ['loop\nelse', /^Line 5 .* must stand in a frame of alt; got "else"/],
    ['alt\nand', /must stand in a frame of par/],
  ])('%j', (line, message) => {
    expect(() => stepsOf(line)).toThrow(message)
  })

  it('other kinds of diagram', () => {
    expect(() => parse('flowchart LR\n  a --> b')).toThrow(
      'Line 1 of the diagram must be "sequenceDiagram", the only kind of diagram that the site draws; got "flowchart LR".',
    )
  })

  it('one without participants', () => {
    expect(() => parse('')).toThrow(/this one has none/)
    expect(() => parse('sequenceDiagram')).toThrow(/this one has none/)
  })
})

it.each(await diagramsOfLessons())('understands $name', ({ source }) => {
  expect(parse(source).steps.length).toBeGreaterThan(2)
})
