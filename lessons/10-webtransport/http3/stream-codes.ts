// Error codes of an application on streams. HTTP/3 has one space of codes for
// all; WebTransport's 32 bits lie in a part of it.
// https://www.ietf.org/archive/id/draft-ietf-webtrans-http3-07.html#section-4.3

const first = 0x52e4a40fa8db

/** Every 31st code of HTTP/3 is left for greasing: "0x1f * N + 0x21". */
export function toHttp3Code(code: number): number {
  return first + code + Math.floor(code / 0x1e)
}

/** The application's code; undefined when HTTP/3 itself means something by it. */
export function fromHttp3Code(code: number): number | undefined {
  const shifted = code - first
  const isGrease = (code - 0x21) % 0x1f === 0
  if (shifted < 0 || shifted > toHttp3Code(0xffffffff) - first || isGrease)
    return undefined
  return shifted - Math.floor(shifted / 0x1f)
}
