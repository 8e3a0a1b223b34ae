import { describe, expect, test, vi } from 'vitest'

import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { soon } from '../testing.ts'
import lesson from './index.ts'
import { closeOf, frame, opcodes, openWire, textsOf } from './raw-frames.ts'

const hex = (bytes: string) => Buffer.from(bytes.replaceAll(' ', ''), 'hex')

async function start(options: StartOptions = {}) {
  const feed = options.feed ?? new Feed({ name: 'test' })
  const log = vi.fn<(line: string) => void>()
  return { ...(await startServer(lesson, { log, ...options, feed })), log }
}

/**
 * Sends the frame, expects the close code, and that one who was there before
 * and one who comes later are served as if nothing had happened.
 */
async function isClosed(
  { feed, url }: { feed: Feed; url: URL },
  bytes: Buffer,
  code: number,
): Promise<string> {
  await using other = await openWire(url)
  await using wire = await openWire(url)
  wire.write(bytes)
  await soon(() => expect(closeOf(wire)?.[0]).toBe(code))
  wire.socket.end()
  await wire.end()
  await soon(() => expect(feed.followerCount).toBe(1))

  await using later = await openWire(url)
  other.write(frame(opcodes.text, 'ok'))
  const next = `{"id":"${feed.name}-1","data":"ok"}`
  for (const each of [other, later])
    await soon(() => expect(textsOf(each).at(-1)).toBe(next))
  return closeOf(wire)?.[1] ?? ''
}

describe('1002 closes a connection whose frame', () => {
  test.each([
    ['is not masked', '81 02 61 62'],
    ['has the reserved bit RSV1 set', 'c1 81 00000000 61'],
    ['has the reserved bit RSV2 set', 'a1 81 00000000 61'],
    ['has the reserved bit RSV3 set', '91 81 00000000 61'],
    ['has an unknown opcode', '83 81 00000000 61'],
    ['has an unknown opcode for control', '8b 80 00000000'],
    ['is a ping in parts', '09 80 00000000'],
    ['is a ping that is too long', '89 fe 007e 00000000'],
    ['goes on with nothing', '80 81 00000000 61'],
    ['begins a text within another', '01 81 00000000 61 81 81 00000000 62'],
    ['closes with half a code', '88 81 00000000 03'],
    ['closes with a code that nobody may send', '88 82 00000000 03ed'],
  ])('%s', async (_, bytes) => {
    await using server = await start()
    await isClosed(server, hex(bytes), 1002)
    const [, , left] = server.log.mock.calls.flat()
    expect(left).toMatch(/^127\.0\.0\.1:\d+: Invalid WebSocket frame/)
  })
})

test('1003 closes a connection that sends bytes instead of a text', async () => {
  await using server = await start()
  const bytes = frame(opcodes.binary, 'ab')
  expect(await isClosed(server, bytes, 1003)).toBe('Send text frames.')
})

test.each([
  ['a byte that no character begins with', [0x61, 0xff]],
  ['half a character', [0xe2, 0x82]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
])('1007 closes a connection whose text has %s', async (_, bytes) => {
  await using server = await start()
  const text = frame(opcodes.text, Uint8Array.from(bytes))
  await isClosed(server, text, 1007)
})

describe('1009 closes a connection whose message', () => {
  test('is larger than a client may publish', async () => {
    await using server = await start({ maxMessageBytes: 200 })
    await isClosed(server, frame(opcodes.text, 'x'.repeat(201)), 1009)
  })

  test('is as large, before all of it is here', async () => {
    await using server = await start({ maxMessageBytes: 200 })
    await isClosed(server, hex('81 ff 0000000100000000 00000000'), 1009)
  })

  test('is as large in several frames', async () => {
    await using server = await start({ maxMessageBytes: 200 })
    const first = frame(opcodes.text, 'x'.repeat(150))
    first[0] = 0x01 // Not the last one.
    const last = frame(0, 'x'.repeat(51))
    await isClosed(server, Buffer.concat([first, last]), 1009)
  })

  test('is larger than the feed can hold', async () => {
    const feed = new Feed({ name: 'test', maxBytes: 3 })
    await using server = await start({ feed })
    await isClosed(server, frame(opcodes.text, '1234'), 1009)
  })
})

test('a message of exactly the size that is allowed is published', async () => {
  await using server = await start({ maxMessageBytes: 200 })
  await using wire = await openWire(server.url)
  const data = 'x'.repeat(200)
  wire.write(frame(opcodes.text, data))
  const published = `{"id":"test-1","data":"${data}"}`
  await soon(() => expect(textsOf(wire).at(-1)).toBe(published))
})
