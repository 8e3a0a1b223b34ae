// The first frame of each side: what it can do.
// https://www.rfc-editor.org/rfc/rfc9114.html#section-7.2.4

import { Http3Error } from './errors.ts'
import { encodeVarint, splitVarint } from './varint.ts'

export const settingIds = {
  QPACK_MAX_TABLE_CAPACITY: 0x01,
  MAX_FIELD_SECTION_SIZE: 0x06,
  QPACK_BLOCKED_STREAMS: 0x07,
  /** RFC 9220: CONNECT with `:protocol`. */
  ENABLE_CONNECT_PROTOCOL: 0x08,
  /** RFC 9297. */
  H3_DATAGRAM: 0x33,
  /** The same, as the drafts before the RFC numbered it: Chromium sends both. */
  H3_DATAGRAM_DRAFT04: 0xffd277,
  /** WebTransport, draft 02: that it is there. Chromium 156 asks for this. */
  ENABLE_WEBTRANSPORT: 0x2b603742,
  /** WebTransport, draft 07: how many sessions a connection may have. */
  WEBTRANSPORT_MAX_SESSIONS: 0xc671706a,
} as const

export type SettingName = keyof typeof settingIds

/** "Setting identifiers that were defined in HTTP/2 where there is no corresponding HTTP/3 setting": section 7.2.4.1. */
const ofHttp2 = [0x00, 0x02, 0x03, 0x04, 0x05]

/** Of these, there is a yes and a no. */
const flags: readonly number[] = [
  settingIds.ENABLE_CONNECT_PROTOCOL,
  settingIds.H3_DATAGRAM,
  settingIds.H3_DATAGRAM_DRAFT04,
  settingIds.ENABLE_WEBTRANSPORT,
]

export type Settings = ReadonlyMap<number, number>

/** The payload of a SETTINGS frame. */
export function encodeSettings(
  settings: Partial<Record<SettingName, number>>,
): Buffer {
  return Buffer.concat(
    Object.entries(settings).flatMap(([name, value]) => [
      encodeVarint(settingIds[name as SettingName]),
      encodeVarint(value),
    ]),
  )
}

/**
 * All settings, also those that nobody here knows.
 *
 * @throws Http3Error H3_FRAME_ERROR when the payload is cut off,
 *   H3_SETTINGS_ERROR for a setting that comes twice, is HTTP/2's, or is a flag
 *   with another value than 0 or 1
 */
export function decodeSettings(payload: Uint8Array): Settings {
  const settings = new Map<number, number>()
  let rest = payload
  while (rest.length > 0) {
    const [id, afterId] = splitVarint(rest) ?? cutOff()
    const [value, afterValue] = splitVarint(afterId) ?? cutOff()
    if (settings.has(id)) throw wrong(id, 'must come once, came twice')
    if (ofHttp2.includes(id)) throw wrong(id, "is HTTP/2's")
    if (flags.includes(id) && value > 1)
      throw wrong(id, `must be 0 or 1, got ${value}`)
    settings.set(id, value)
    rest = afterValue
  }
  return settings
}

function cutOff(): never {
  throw new Http3Error('H3_FRAME_ERROR', 'SETTINGS ends within a setting')
}

function wrong(id: number, why: string): Http3Error {
  return new Http3Error(
    'H3_SETTINGS_ERROR',
    `setting 0x${id.toString(16)} ${why}`,
  )
}
