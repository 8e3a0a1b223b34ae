import { describe, expect, test } from 'vitest'

import { codes } from './errors.ts'
import { decodeSettings, encodeSettings, settingIds } from './settings.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('settings', () => {
  test('are pairs of integers', () => {
    expect(
      encodeSettings({
        ENABLE_CONNECT_PROTOCOL: 1,
        H3_DATAGRAM: 1,
        ENABLE_WEBTRANSPORT: 1,
        WEBTRANSPORT_MAX_SESSIONS: 16,
      }),
    ).toEqual(hex('08 01  33 01  ab603742 01  c0000000c671706a 10'))
  })

  test('that are unknown are read as well: they mean nothing', () => {
    // As Chromium 156 sends them, GREASE included.
    const bytes = hex(
      '01 80010000  06 80040000  07 4064  33 01  ab603742 01  7fe1 05',
    )
    expect([...decodeSettings(bytes)]).toEqual([
      [settingIds.QPACK_MAX_TABLE_CAPACITY, 65_536],
      [settingIds.MAX_FIELD_SECTION_SIZE, 262_144],
      [settingIds.QPACK_BLOCKED_STREAMS, 100],
      [settingIds.H3_DATAGRAM, 1],
      [settingIds.ENABLE_WEBTRANSPORT, 1],
      [0x3fe1, 5],
    ])
    expect(decodeSettings(hex('')).size).toBe(0)
  })

  test.each([
    ['0801 0801', 'twice the same', 'H3_SETTINGS_ERROR'],
    ['0000', 'a reserved one', 'H3_SETTINGS_ERROR'],
    ['0201', "HTTP/2's ENABLE_PUSH", 'H3_SETTINGS_ERROR'],
    ['0301', "HTTP/2's MAX_CONCURRENT_STREAMS", 'H3_SETTINGS_ERROR'],
    ['0401', "HTTP/2's INITIAL_WINDOW_SIZE", 'H3_SETTINGS_ERROR'],
    ['0501', "HTTP/2's MAX_FRAME_SIZE", 'H3_SETTINGS_ERROR'],
    ['0802', 'ENABLE_CONNECT_PROTOCOL = 2', 'H3_SETTINGS_ERROR'],
    ['3302', 'H3_DATAGRAM = 2', 'H3_SETTINGS_ERROR'],
    ['08', 'no value', 'H3_FRAME_ERROR'],
    ['0840', 'half a value', 'H3_FRAME_ERROR'],
    ['40', 'half an id', 'H3_FRAME_ERROR'],
  ] as const)('%s: %s is %s', (bytes, _, code) => {
    expect(() => decodeSettings(hex(bytes))).toThrow(
      expect.objectContaining({ code: codes[code] }),
    )
  })
})
