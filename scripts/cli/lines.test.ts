import { expect, test } from 'vitest'
import { type Line, readLines } from './lines.ts'

async function linesOf(bytes: Buffer, size: number, maxBytes = 100) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size)
      yield bytes.subarray(at, at + size)
  }
  const lines: Line[] = []
  for await (const line of readLines(chunks(), maxBytes)) lines.push(line)
  return lines
}

test('lines are the same wherever their bytes are cut', async () => {
  const bytes = Buffer.from('a\n\nfür 🙂\r\n\u2028\rz\nlast')
  const expected = ['a', '', 'für 🙂', '\u2028\rz', 'last']
  for (let size = 1; size <= bytes.length; size++) {
    const texts = (await linesOf(bytes, size)).map(({ text }) => text)
    expect(texts, `in chunks of ${size}`).toEqual(expected)
  }
})

test('no bytes are no line', async () => {
  expect(await linesOf(Buffer.from(''), 1)).toEqual([])
})

test('a line that is too long, or no text, is told and the next one read', async () => {
  const good = Buffer.from('good\n')
  const long = Buffer.from(`${'x'.repeat(11)}\n`)
  const broken = Buffer.from([0xc3, 0x28, 0x0a])
  const bytes = Buffer.concat([long, good, broken, good])
  for (const size of [1, 4, bytes.length])
    expect(await linesOf(bytes, size, 10)).toEqual([
      { problem: 'a message must be at most 10 bytes long, got 11' },
      { text: 'good' },
      { problem: 'a message must be UTF-8 text, got other bytes' },
      { text: 'good' },
    ])
})
