import { Readable } from 'node:stream'

import { expect, test } from 'vitest'

import { everyCut } from '../testing.ts'
import { decodeText, readText } from './read-text.ts'
import { Refusal } from './refusal.ts'

const limit = 20

test.each(['', 'a', 'ü€😀', '\uFEFFa', 'a\0\r\n', '12345678901234567890'])(
  '%j is read as it is, however it is cut',
  async (text) => {
    for (const chunks of everyCut(Buffer.from(text)))
      expect(await readText(Readable.from(chunks), limit)).toBe(text)
  },
)

test('a body without a byte is an empty text', async () => {
  expect(await readText(Readable.from([]), limit)).toBe('')
})

test('one byte too many is refused, and the rest is read all the same', async () => {
  for (const chunks of everyCut(Buffer.from('123456789012345678€'))) {
    const body = Readable.from(chunks)
    await expect(readText(body, limit)).rejects.toEqual(
      new Refusal(
        413,
        'A message must be at most 20 bytes long, got more. Send less.',
      ),
    )
    if (!body.readableEnded) await new Promise((end) => body.on('end', end))
  }
})

test.each([
  ['a byte that no character begins with', [0x61, 0xff]],
  ['the first part of a character', [0xe2, 0x82]],
  ['an overlong character', [0xc0, 0x80]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
])('%s is refused', async (_, bytes) => {
  const refusal = new Refusal(
    400,
    'A message must be UTF-8 text, got other bytes.',
  )
  for (const chunks of everyCut(Uint8Array.from(bytes)))
    await expect(readText(Readable.from(chunks), limit)).rejects.toEqual(
      refusal,
    )
  expect(() => decodeText(Uint8Array.from(bytes))).toThrow(refusal)
})

test('a body that breaks off is no message', async () => {
  const body = new Readable({ read() {} })
  const reading = readText(body, limit)
  body.push('half of')
  body.destroy()
  await expect(reading).rejects.toEqual(new Refusal(400, 'The body broke off.'))
})
