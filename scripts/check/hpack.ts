// HPACK: the header fields of HTTP/2, compressed with what a direction of the
// connection has already carried.
// https://www.rfc-editor.org/rfc/rfc7541.html
import { decodeHuffman } from '../../lessons/10-webtransport/http3/huffman.ts'

export type Field = readonly [name: string, value: string]

/** Appendix A. */
const staticTable: readonly Field[] = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  ...[200, 204, 206, 304, 400, 404, 500].map(
    (status): Field => [':status', `${status}`],
  ),
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ...[
    ...['accept-language', 'accept-ranges', 'accept'],
    ...['access-control-allow-origin', 'age', 'allow', 'authorization'],
    ...['cache-control', 'content-disposition', 'content-encoding'],
    ...['content-language', 'content-length', 'content-location'],
    ...['content-range', 'content-type', 'cookie', 'date', 'etag', 'expect'],
    ...['expires', 'from', 'host', 'if-match', 'if-modified-since'],
    ...['if-none-match', 'if-range', 'if-unmodified-since', 'last-modified'],
    ...['link', 'location', 'max-forwards', 'proxy-authenticate'],
    ...['proxy-authorization', 'range', 'referer', 'refresh', 'retry-after'],
    ...['server', 'set-cookie', 'strict-transport-security'],
    ...['transfer-encoding', 'user-agent', 'vary', 'via', 'www-authenticate'],
  ].map((name): Field => [name, '']),
]

/** Section 4.1. */
const overheadBytes = 32

/** Reads the blocks of one direction, in their order. */
export class HpackDecoder {
  /** The latest first. */
  readonly #dynamic: Field[] = []
  #maxBytes = 4_096
  #block: Uint8Array = new Uint8Array()
  #at = 0

  /** @throws RangeError for what is not HPACK: the blocks after it mean nothing */
  decode(block: Uint8Array): Field[] {
    this.#block = block
    this.#at = 0
    const fields: Field[] = []
    while (this.#at < block.length) {
      const field = this.#field()
      if (field) fields.push(field)
    }
    return fields
  }

  /** The first bits say which of the forms it has: section 6. */
  #field(): Field | undefined {
    const first = this.#peek()
    if (first & 0b1000_0000) return this.#known(this.#integer(7))
    if (first & 0b0100_0000) {
      const field = this.#literal(6)
      this.#dynamic.unshift(field)
      this.#evict()
      return field
    }
    if ((first & 0b0010_0000) === 0) return this.#literal(4)
    this.#maxBytes = this.#integer(5)
    this.#evict()
    return undefined
  }

  #literal(bits: number): Field {
    const index = this.#integer(bits)
    const name = index === 0 ? this.#text() : this.#known(index)[0]
    return [name, this.#text()]
  }

  #known(index: number): Field {
    const at = index - 1
    const field = staticTable[at] ?? this.#dynamic[at - staticTable.length]
    if (field === undefined) throw new RangeError(`There is no field ${index}.`)
    return field
  }

  #evict(): void {
    let bytes = 0
    const kept = this.#dynamic.findIndex(([name, value]) => {
      bytes += name.length + value.length + overheadBytes
      return bytes > this.#maxBytes
    })
    if (kept !== -1) this.#dynamic.length = kept
  }

  #text(): string {
    const isShort = (this.#peek() & 0b1000_0000) !== 0
    const end = this.#integer(7) + this.#at
    if (end > this.#block.length) throw new RangeError('A text is cut off.')
    const bytes = this.#block.subarray(this.#at, end)
    this.#at = end
    return Buffer.from(isShort ? decodeHuffman(bytes) : bytes).toString()
  }

  /** Section 5.1. */
  #integer(bits: number): number {
    const most = 2 ** bits - 1
    let value = this.#next() & most
    if (value < most) return value
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#next()
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }

  #peek(): number {
    const byte = this.#block[this.#at]
    if (byte === undefined) throw new RangeError('The fields are cut off.')
    return byte
  }

  #next(): number {
    const byte = this.#peek()
    this.#at++
    return byte
  }
}
