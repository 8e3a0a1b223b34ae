import { describe, expect, test } from 'vitest'

import { randomNumbers } from '../../requirements/random.ts'
import { decodeHuffman, encodeHuffman } from './huffman.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The examples of RFC 7541, appendix C.4 and C.6. */
const known = [
  ['www.example.com', 'f1e3c2e5f23a6ba0ab90f4ff'],
  ['no-cache', 'a8eb10649cbf'],
  ['custom-key', '25a849e95ba97d7f'],
  ['custom-value', '25a849e95bb8e8b4bf'],
  ['302', '6402'],
  ['private', 'aec3771a4b'],
  [
    'Mon, 21 Oct 2013 20:13:21 GMT',
    'd07abe941054d444a8200595040b8166e082a62d1bff',
  ],
  ['https://www.example.com', '9d29ad171863c78f0b97c8e9ae82ae43d3'],
  ['307', '640eff'],
  ['', ''],
] as const

/** A symbol of each length, as appendix B has it. */
const codes: [symbol: number, bits: number, length: number][] = [
  [0x30, 0x0, 5],
  [0x20, 0x14, 6],
  [0x3a, 0x5c, 7],
  [0x26, 0xf8, 8],
  [0x21, 0x3f8, 10],
  [0x27, 0x7fa, 11],
  [0x23, 0xffa, 12],
  [0x00, 0x1ff8, 13],
  [0x5e, 0x3ffc, 14],
  [0x3c, 0x7ffc, 15],
  [0x5c, 0x7fff0, 19],
  [0xe2, 0xfffed, 20],
  [0x99, 0x1fffdc, 21],
  [0xe9, 0x3fffeb, 22],
  [0x01, 0x7fffd8, 23],
  [0x09, 0xffffea, 24],
  [0xc7, 0x1ffffec, 25],
  [0xff, 0x3ffffee, 26],
  [0xfe, 0x7fffff0, 27],
  [0xf9, 0xffffffe, 28],
  [0x0a, 0x3ffffffc, 30],
  [0x16, 0x3ffffffe, 30],
]

describe("Huffman's code", () => {
  test.each(known)('"%s" is %s', (text, bytes) => {
    expect(encodeHuffman(Buffer.from(text))).toEqual(hex(bytes))
    expect(decodeHuffman(hex(bytes)).toString()).toBe(text)
  })

  test.each(codes)('symbol %d is 0x%s in %d bits', (symbol, bits, length) => {
    const bytes = encodeHuffman(Buffer.of(symbol))
    const written = [...bytes]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
    expect(bytes.length).toBe(Math.ceil(length / 8))
    expect(Number.parseInt(written.slice(0, length), 2)).toBe(bits)
    // The rest of the last byte is padding, all ones.
    expect(written.slice(length)).toMatch(/^1{0,7}$/)
  })

  test('gives every byte back', () => {
    const random = randomNumbers(1)
    for (let length = 0; length < 300; length++) {
      const bytes = Buffer.from(
        Array.from({ length }, () => Math.floor(256 * random())),
      )
      expect(decodeHuffman(encodeHuffman(bytes))).toEqual(bytes)
    }
  })

  test.each([
    ['ff', 'a byte of padding'],
    ['1fff', 'more than seven bits of it'],
    ['1e', 'padding with a zero'],
    ['ffffffff', 'the end of the string'],
    ['1ffffffffc', 'the end of the string within it'],
  ])('%s: %s is no string', (bytes) => {
    expect(() => decodeHuffman(hex(bytes))).toThrow(RangeError)
  })
})
