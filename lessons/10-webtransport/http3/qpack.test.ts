import { describe, expect, test } from 'vitest'

import { codes } from './errors.ts'
import {
  decodeFields,
  encodeFields,
  encodeInteger,
  type Field,
} from './qpack.ts'
import { staticTable } from './static-table.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The request for a session, as the Node client sends it. */
const request: Field[] = [
  [':method', 'CONNECT'],
  [':scheme', 'https'],
  [':authority', '127.0.0.1:8010'],
  [':path', '/messages'],
  [':protocol', 'webtransport'],
]

describe('the static table', () => {
  test('has 99 fields, at the numbers of RFC 9204', () => {
    expect(staticTable).toHaveLength(99)
    const at: [number, string, string][] = [
      [0, ':authority', ''],
      [1, ':path', '/'],
      [15, ':method', 'CONNECT'],
      [17, ':method', 'GET'],
      [23, ':scheme', 'https'],
      [25, ':status', '200'],
      [41, 'cache-control', 'public, max-age=31536000'],
      [52, 'content-type', 'text/html; charset=utf-8'],
      [62, 'x-xss-protection', '1; mode=block'],
      [63, ':status', '100'],
      [71, ':status', '500'],
      [75, 'access-control-allow-headers', '*'],
      [84, 'authorization', ''],
      [90, 'origin', ''],
      [98, 'x-frame-options', 'sameorigin'],
    ]
    for (const [n, ...field] of at) expect(staticTable[n]).toEqual(field)
  })
})

describe('fields', () => {
  test('are numbers of the static table, or text', () => {
    expect(encodeFields([[':status', '200']])).toEqual(hex('0000 d9'))
    expect(encodeFields([[':path', '/index.html']])).toEqual(
      hex('0000 51 88 60d5485f2bce9a68'),
    )
    expect(encodeFields([['custom-key', 'custom-value']])).toEqual(
      hex('0000 2f01 25a849e95ba97d7f 89 25a849e95bb8e8b4bf'),
    )
    expect(encodeFields([['age', '}']])).toEqual(hex('0000 52 01 7d'))
  })

  test('without Huffman, as the example of RFC 9204, appendix B.1', () => {
    const bytes = hex('0000 510b 2f69 6e64 6578 2e68 746d 6c')
    expect(decodeFields(bytes)).toEqual([[':path', '/index.html']])
  })

  test('come back as they were', () => {
    const all: Field[] = [
      ...request,
      ...staticTable,
      ['x', ''],
      ['x-long', 'v'.repeat(1_000)],
      ['x-latin', 'caf\u00e9'],
    ]
    expect(decodeFields(encodeFields(all))).toEqual(all)
  })

  test('of which a part is missing are refused', () => {
    const bytes = encodeFields(request)
    let read = 0
    for (let length = 0; length < bytes.length; length++)
      try {
        const fields = decodeFields(bytes.subarray(0, length))
        // Cut between two fields: those before are there.
        expect(fields).toEqual(request.slice(0, fields.length))
        read++
      } catch (error) {
        expect(error).toMatchObject({ code: codes.QPACK_DECOMPRESSION_FAILED })
      }
    expect(read).toBe(request.length)
  })

  test.each([
    ['', 'nothing'],
    ['00', 'half a prefix'],
    ['0100', 'a dynamic table'],
    ['0000 80', 'a field of the dynamic table'],
    ['0000 40 00', 'a name of the dynamic table'],
    ['0000 10', 'a field after the base'],
    ['0000 00 00', 'a name after the base'],
    ['0000 ff24', 'field 99'],
    ['0000 5f54 00', 'the name of field 99'],
    ['0000 51 05 2f', 'a text that is cut off'],
    ['0000 51 81 ff', "a text that is not Huffman's"],
    ['0000 ff ffffffffffffffffff', 'an endless integer'],
    ['0000 51 7f ffffffffff7f', 'a length beyond all bounds'],
  ])('%s: %s fails', (bytes) => {
    expect(() => decodeFields(hex(bytes))).toThrow(
      expect.objectContaining({ code: codes.QPACK_DECOMPRESSION_FAILED }),
    )
  })

  test('that are too long together are too much', () => {
    const many = Array.from({ length: 2_500 }, (): Field => ['x', ''])
    expect(() => decodeFields(encodeFields(many))).toThrow(
      expect.objectContaining({ code: codes.H3_EXCESSIVE_LOAD }),
    )
  })
})

/** RFC 7541, appendix C.1. */
test.each([
  [5, 10, '0a'],
  [5, 1_337, '1f9a0a'],
  [8, 42, '2a'],
])('an integer of %d bits: %d is %s', (bits, value, bytes) => {
  expect(encodeInteger(0, bits, value)).toEqual(hex(bytes))
})
