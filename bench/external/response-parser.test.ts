import { describe, expect, test } from 'vitest'

import { chunked } from '../../lessons/testing.ts'
import { ResponseParser } from './response-parser.ts'

function statusesOf(bytes: Buffer, size: number): number[] {
  const statuses: number[] = []
  const parser = new ResponseParser((status) => statuses.push(status))
  // One buffer for all chunks, as the generator's connections share one.
  const shared = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const copied = bytes.copy(shared, 0, at, at + size)
    parser.push(shared.subarray(0, copied))
  }
  return statuses
}

const responses = Buffer.from(
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nh\r\n\r\n',
    'HTTP/1.1 204 No Content\r\nEtag: "x"\r\n\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 404 Not Found\r\ncontent-length:  2  \r\nX: y\r\n\r\nno',
    // Of the body that a GET without If-None-Match would have.
    'HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n',
    'HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n',
    'HTTP/1.1 503\r\ncontent-length: 1\r\n\r\n!',
  ].join(''),
)

test('responses are counted however their bytes are cut', () => {
  for (let size = 1; size <= responses.length; size++)
    expect(statusesOf(responses, size)).toEqual([200, 204, 404, 304, 200, 503])
})

describe('refuses with a sentence', () => {
  test.each([
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      /comes in chunks/,
    ],
    [
      'what only the end ends',
      'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n',
      /no Content-Length/,
    ],
    ['another protocol', 'SSH-2.0-x\r\n\r\n', /no HTTP\/1.1 response: SSH/],
    ['a head without end', 'x'.repeat(70_000), /must fit/],
  ])('%s', async (_, bytes, sentence) => {
    const parser = new ResponseParser(() => {})
    const read = async () => {
      for await (const chunk of chunked(Buffer.from(bytes), 1_000))
        parser.push(chunk as Buffer)
    }
    await expect(read()).rejects.toThrow(sentence)
  })
})
