// Why HTTP/3 ends a connection or a stream: the codes of the standards.

/** https://www.rfc-editor.org/rfc/rfc9114.html#section-8.1, RFC 9204 section 6, RFC 9297 section 2.1 and the WebTransport draft. */
export const codes = {
  H3_NO_ERROR: 0x100,
  H3_GENERAL_PROTOCOL_ERROR: 0x101,
  H3_INTERNAL_ERROR: 0x102,
  H3_STREAM_CREATION_ERROR: 0x103,
  H3_CLOSED_CRITICAL_STREAM: 0x104,
  H3_FRAME_UNEXPECTED: 0x105,
  H3_FRAME_ERROR: 0x106,
  H3_EXCESSIVE_LOAD: 0x107,
  H3_ID_ERROR: 0x108,
  H3_SETTINGS_ERROR: 0x109,
  H3_MISSING_SETTINGS: 0x10a,
  H3_REQUEST_REJECTED: 0x10b,
  H3_REQUEST_CANCELLED: 0x10c,
  H3_REQUEST_INCOMPLETE: 0x10d,
  H3_MESSAGE_ERROR: 0x10e,
  H3_CONNECT_ERROR: 0x10f,
  H3_VERSION_FALLBACK: 0x110,
  QPACK_DECOMPRESSION_FAILED: 0x200,
  QPACK_ENCODER_STREAM_ERROR: 0x201,
  QPACK_DECODER_STREAM_ERROR: 0x202,
  H3_DATAGRAM_ERROR: 0x33,
  WEBTRANSPORT_BUFFERED_STREAM_REJECTED: 0x3994bd84,
  WEBTRANSPORT_SESSION_GONE: 0x170d7b68,
} as const

export type CodeName = keyof typeof codes

/** The peer broke a rule of HTTP/3: its connection is closed with the code. */
export class Http3Error extends Error {
  override readonly name: string = 'Http3Error'
  readonly code: number

  constructor(code: CodeName, reason: string) {
    super(reason)
    this.code = codes[code]
  }
}

/** What is wrong concerns one request only: its stream is reset, and the connection goes on. */
export class Http3StreamError extends Http3Error {
  override readonly name = 'Http3StreamError'
}

/** Such as `H3_FRAME_ERROR`; the number in hex when no standard has it. */
export function codeName(code: number): string {
  const known = Object.entries(codes).find(([, value]) => value === code)
  return known?.[0] ?? `0x${code.toString(16)}`
}
