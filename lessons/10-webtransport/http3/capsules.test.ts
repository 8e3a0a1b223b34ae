import { Readable } from 'node:stream'

import { describe, expect, test } from 'vitest'

import { collect, everyCut } from '../../testing.ts'
import {
  capsuleTypes,
  decodeEnd,
  encodeCapsule,
  encodeEnd,
  readCapsules,
} from './capsules.ts'
import { codes } from './errors.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('capsules', () => {
  const close = hex('6843 08 00000007 62796521')

  test('close a session with a code and a reason', () => {
    const end = { code: 7, reason: 'bye!' }
    const type = capsuleTypes.CLOSE_WEBTRANSPORT_SESSION
    expect(encodeCapsule(type, encodeEnd(end))).toEqual(close)
    expect(decodeEnd(encodeEnd(end))).toEqual(end)
    expect(encodeCapsule(capsuleTypes.DRAIN_WEBTRANSPORT_SESSION)).toEqual(
      hex('800078ae 00'),
    )
  })

  test('with a reason that is too long have the start of it', () => {
    const { reason } = decodeEnd(
      encodeEnd({ code: 1, reason: 'x'.repeat(2_000) }),
    )
    expect(reason).toBe('x'.repeat(1_024))
  })

  test('are read however they are cut, and those of unknown types skipped', async () => {
    const bytes = Buffer.concat([hex('800078ae 00'), hex('17 02 cafe'), close])
    for (const chunks of everyCut(bytes)) {
      const stream = Readable.from(chunks, { objectMode: false })
      expect(await collect(readCapsules(stream))).toEqual([
        { type: 0x78ae, value: hex('') },
        { type: 0x2843, value: hex('00000007 62796521') },
      ])
    }
  })

  test.each([
    ['6843', 'no length'],
    ['68', 'half a type'],
    ['6843 08 0000', 'cut off'],
    ['17 05 cafe', 'an unknown one, cut off'],
    ['6843 4405', 'a reason of 1,025 bytes'],
  ])('%s: %s is malformed', async (bytes) => {
    const stream = Readable.from([hex(bytes)], { objectMode: false })
    await expect(collect(readCapsules(stream))).rejects.toMatchObject({
      code: codes.H3_MESSAGE_ERROR,
    })
  })

  test('that end a session have a code', () => {
    expect(() => decodeEnd(hex('000000'))).toThrow('cut off')
  })
})
