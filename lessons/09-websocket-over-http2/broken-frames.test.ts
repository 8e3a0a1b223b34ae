// Broken frames on one stream of a connection: they end that stream, with the
// right code, and nothing else. Lesson 05 has the whole list.

import { expect, test } from 'vitest'

import { closeOf, frame, opcodes, textsOf } from '../05-websocket/raw-frames.ts'
import { Feed } from '../feed.ts'
import { soon } from '../testing.ts'
import { openWire, start } from './test-streams.ts'

const hex = (bytes: string) => Buffer.from(bytes.replaceAll(' ', ''), 'hex')

test.each([
  ['a frame that is not masked', 1002, hex('81 02 61 62')],
  ['a reserved bit', 1002, hex('c1 81 00000000 61')],
  ['an unknown opcode', 1002, hex('83 81 00000000 61')],
  ['a ping in parts', 1002, hex('09 80 00000000')],
  ['a part of nothing', 1002, hex('80 81 00000000 61')],
  ['half a close code', 1002, hex('88 81 00000000 03')],
  ['bytes instead of a text', 1003, frame(opcodes.binary, 'ab')],
  ['half a character', 1007, frame(opcodes.text, Buffer.of(0xe2, 0x82))],
  ['more than it may send', 1009, frame(opcodes.text, 'x'.repeat(201))],
  ['the start of much more', 1009, hex('81 ff 0000000100000000 00000000')],
])('%s: %i', async (_, code, bytes) => {
  await using rig = await start(0, { maxMessageBytes: 200 })
  await using other = await openWire(rig.session)
  await using wire = await openWire(rig.session)
  wire.write(bytes)
  await soon(() => expect(closeOf(wire)?.[0]).toBe(code))
  wire.stream.end()
  await wire.end()
  await soon(() => expect(rig.feed.followerCount).toBe(1))

  await using later = await openWire(rig.session)
  other.write(frame(opcodes.text, 'ok'))
  for (const each of [other, later])
    await soon(() => {
      expect(textsOf(each).at(-1)).toBe('{"id":"test-1","data":"ok"}')
    })
  expect(rig.sessions).toHaveLength(1)
})

test('a message larger than the feed can hold: 1009', async () => {
  const feed = new Feed({ name: 'test', maxBytes: 3 })
  await using rig = await start(0, { feed })
  await using wire = await openWire(rig.session)
  wire.write(frame(opcodes.text, '1234'))
  await soon(() => expect(closeOf(wire)?.[0]).toBe(1009))
})
