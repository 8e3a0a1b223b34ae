import { expect, test } from 'vitest'

import { chunked, collect, everyCut } from '../../../lessons/testing.ts'
import { decodeFrames, encodeMessage, encodePosition } from './frames.ts'

const messages = [
  { id: 'test-1', data: '' },
  { id: 'test-2', data: 'two\nlines, and a 3\n' },
  { id: 'test-3', data: 'ü€😀 test-4 5\n' },
]
const bytes = Buffer.from(
  [encodePosition('test-0'), ...messages.map(encodeMessage)].join(''),
)

test('frames are read however their bytes are cut', async () => {
  for (const chunks of everyCut(bytes)) {
    const frames = decodeFrames(chunks as AsyncIterable<Buffer>)
    expect(await collect(frames)).toEqual([{ id: 'test-0' }, ...messages])
  }
})

test('a client sends neither a position nor an id', async () => {
  const sent = Buffer.from(encodePosition() + encodeMessage({ data: 'hi' }))
  const chunks = chunked(sent, 100) as AsyncIterable<Buffer>
  expect(await collect(decodeFrames(chunks))).toEqual([
    { id: undefined },
    { id: '', data: 'hi' },
  ])
})

test.each([
  [
    'data that is too long',
    `test-1 11\n${'x'.repeat(11)}`,
    /must fit 10 bytes/,
  ],
  ['a length that is none', 'test-1 x\n', /got x/],
  ['what never ends a line', 'x'.repeat(100), /no frames/],
])('%s ends the stream', async (_, text, sentence) => {
  const chunks = chunked(Buffer.from(text), 7) as AsyncIterable<Buffer>
  await expect(collect(decodeFrames(chunks, 10))).rejects.toThrow(sentence)
})
