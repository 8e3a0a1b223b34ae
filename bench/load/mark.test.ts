import { expect, test } from 'vitest'

import { MarkScanner, markBytes, markedData, readMark } from './mark.ts'

type Read = [number: number, dueNs: number, publishedNs: number]

const first: Read = [7, 1_234_567, 1_234_999]
const second: Read = [99_999_999, 999_999_999_999, 0]

test('what is marked is read again', () => {
  for (const mark of [first, second]) {
    const found: Read[] = []
    readMark(markedData(...mark, 64), (...read) => found.push(read))
    expect(found).toEqual([mark])
  }
})

test('data is as long as asked, but never shorter than its mark', () => {
  expect(markedData(...first, 64)).toHaveLength(64)
  expect(markedData(...first, markBytes)).toHaveLength(markBytes)
  expect(markedData(...first, 5)).toBe(markedData(...first, markBytes))
})

test('times are whole, and none is before the epoch', () => {
  expect(markedData(1, -20, 2.6, 33)).toBe(markedData(1, 0, 3, 33))
})

test('a mark is found wherever the bytes are cut', () => {
  const bytes = framed()
  for (let size = 1; size <= bytes.length; size++) {
    expect(scanned(bytes, size), `chunks of ${size}`).toEqual([first, second])
  }
})

test('one chunk may hold many marks, one right after the other', () => {
  const data = markedData(...first, markBytes) + markedData(...second, 40)
  const bytes = Buffer.from(data.repeat(3))
  expect(scanned(bytes, bytes.length)).toEqual([
    first,
    second,
    first,
    second,
    first,
    second,
  ])
})

test('a byte of a frame that looks like the start of a mark is none', () => {
  // From 126 bytes on, a WebSocket's frame says so by a 126: a tilde.
  const data = Buffer.from(`{"data":"${markedData(...first, 200)}"}`)
  const head = Buffer.from([0x81, 126, 0, data.length])
  const bytes = Buffer.concat([head, data, head, data])
  for (let size = 1; size <= bytes.length; size++)
    expect(scanned(bytes, size), `chunks of ${size}`).toEqual([first, first])
})

test('bytes may be overwritten once they are pushed', () => {
  const bytes = Buffer.from(markedData(...first, markBytes))
  const found: Read[] = []
  const scanner = new MarkScanner((...read) => found.push(read))
  const begin = Buffer.from(bytes.subarray(0, 15))
  scanner.push(begin)
  begin.fill('9')
  scanner.push(bytes.subarray(15))
  expect(found).toEqual([first])
})

test('half a mark is no mark yet', () => {
  const bytes = Buffer.from(markedData(...first, markBytes))
  expect(scanned(bytes.subarray(0, -1), bytes.length)).toEqual([])
})

/** As a chunk of HTTP and as an event: lengths, line ends, names of fields. */
function framed(): Buffer {
  return Buffer.from(
    [
      '40\r\nid: 7\ndata: ',
      markedData(...first, 40),
      '\n\n\r\n',
      '{"id":"8","data":"',
      markedData(...second, markBytes),
      '"}',
    ].join(''),
  )
}

function scanned(bytes: Buffer, size: number): Read[] {
  const found: Read[] = []
  const scanner = new MarkScanner((...read) => found.push(read))
  for (let at = 0; at < bytes.length; at += size)
    scanner.push(bytes.subarray(at, at + size))
  return found
}
