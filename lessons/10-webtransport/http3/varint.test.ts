import { Readable } from 'node:stream'

import { describe, expect, test } from 'vitest'

import { everyCut } from '../../testing.ts'
import { takeVarint, takeVarintOrEnd } from './take.ts'
import { decodeVarint, encodeVarint, splitVarint } from './varint.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

/** The examples of RFC 9000, appendix A.1, and the ends of each length. */
const known: [bytes: string, value: number][] = [
  ['25', 37],
  ['7bbd', 15_293],
  ['9d7f3e7d', 494_878_333],
  ['00', 0],
  ['3f', 63],
  ['4040', 64],
  ['7fff', 16_383],
  ['80004000', 16_384],
  ['bfffffff', 2 ** 30 - 1],
  ['c000000040000000', 2 ** 30],
  ['c01fffffffffffff', 2 ** 53 - 1],
]

const cutOff = () => new RangeError('cut off')

describe('an integer', () => {
  test.each(known)('%s is %d', (bytes, value) => {
    expect(decodeVarint(hex(bytes))).toBe(value)
    expect(encodeVarint(value).toString('hex')).toBe(bytes)
  })

  test('may have more bytes than it needs', () => {
    expect(decodeVarint(hex('4025'))).toBe(37)
  })

  test('of 62 bits is written as it is', () => {
    expect(encodeVarint(2n ** 62n - 1n).toString('hex')).toBe(
      'ffffffffffffffff',
    )
  })

  test.each([-1, 2 ** 62, 1e30])('cannot be %d', (value) => {
    expect(() => encodeVarint(value)).toThrow(
      `A varint holds 0 to 2^62 - 1, got ${value}.`,
    )
  })

  test('is split from what follows, or not there yet', () => {
    expect(splitVarint(hex('7bbd0102'))).toEqual([15_293, hex('0102')])
    expect(splitVarint(hex('7b'))).toBeUndefined()
    expect(splitVarint(hex(''))).toBeUndefined()
  })

  test('is read from a stream, however it is cut', async () => {
    const bytes = hex(known.map(([bytes]) => bytes).join(''))
    for (const chunks of everyCut(bytes)) {
      const stream = Readable.from(chunks, { objectMode: false })
      for (const [, value] of known)
        expect(await takeVarint(stream, cutOff)).toBe(value)
      expect(await takeVarintOrEnd(stream, cutOff)).toBeUndefined()
    }
  })

  test.each(['7b', '9d7f3e', 'c0'])('%s is cut off', async (bytes) => {
    const stream = Readable.from([hex(bytes)], { objectMode: false })
    await expect(takeVarintOrEnd(stream, cutOff)).rejects.toThrow('cut off')
  })

  test('that a stream ends before is missed', async () => {
    const stream = Readable.from([], { objectMode: false })
    await expect(takeVarint(stream, cutOff)).rejects.toThrow('cut off')
  })

  test('of a stream that breaks is not waited for', async () => {
    const stream = new Readable({ read() {} })
    const waiting = takeVarint(stream, cutOff)
    stream.destroy(new Error('broke'))
    await expect(waiting).rejects.toThrow('broke')
    await expect(takeVarint(stream, cutOff)).rejects.toThrow('broke')
  })
})

test('a stream that has a part is waited for, and nothing else waits', async () => {
  const stream = new Readable({ read() {} })
  const waiting = takeVarint(stream, cutOff)
  stream.push(hex('9d7f'))
  // Others get their turn meanwhile.
  await new Promise((resolve) => setTimeout(resolve))
  stream.push(hex('3e7d'))
  expect(await waiting).toBe(494_878_333)
})
