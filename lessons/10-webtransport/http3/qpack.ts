// QPACK: header fields as bytes. Without its dynamic table, which both sides
// leave out by announcing a capacity of 0: a field is a number of the static
// table, or text.
// https://www.rfc-editor.org/rfc/rfc9204.html#section-4.5

import { Http3Error } from './errors.ts'
import { decodeHuffman, encodeHuffman } from './huffman.ts'
import { type Field, staticTable } from './static-table.ts'

export type { Field } from './static-table.ts'

/** What all fields of a section may come to, each with 32 bytes more: RFC 9114, section 4.2.2. */
export const maxFieldSectionBytes = 65_536

// #region encode
/** Required Insert Count and Base: 0, as no field is of the dynamic table. */
const prefix = [0, 0]

export function encodeFields(fields: readonly Field[]): Buffer {
  return Buffer.concat([Buffer.from(prefix), ...fields.map(encodeField)])
}

function encodeField([name, value]: Field): Buffer {
  const whole = staticTable.findIndex(
    (field) => field[0] === name && field[1] === value,
  )
  if (whole !== -1) return encodeInteger(0b11 << 6, 6, whole)
  const named = staticTable.findIndex((field) => field[0] === name)
  if (named !== -1)
    return Buffer.concat([
      encodeInteger(0b0101 << 4, 4, named),
      encodeText(0, 7, value),
    ])
  return Buffer.concat([
    encodeText(0b0010 << 4, 3, name),
    encodeText(0, 7, value),
  ])
}

/** A text of bytes (Latin-1), in Huffman's code where that is shorter. The bit above the length says so. */
function encodeText(first: number, bits: number, text: string): Buffer {
  const plain = Buffer.from(text, 'latin1')
  const short = encodeHuffman(plain)
  const isShorter = short.length < plain.length
  const bytes = isShorter ? short : plain
  const flag = isShorter ? 1 << bits : 0
  return Buffer.concat([encodeInteger(first | flag, bits, bytes.length), bytes])
}

/** HPACK's integer: as many bits as the first byte has left, then seven a byte. RFC 7541, section 5.1. */
export function encodeInteger(
  first: number,
  bits: number,
  value: number,
): Buffer {
  const most = 2 ** bits - 1
  if (value < most) return Buffer.from([first | value])
  const bytes = [first | most]
  let rest = value - most
  for (; rest >= 128; rest = Math.floor(rest / 128))
    bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}
// #endregion encode

/**
 * The fields of a section.
 *
 * @throws Http3Error QPACK_DECOMPRESSION_FAILED when it is cut off, names a
 *   field of the dynamic table or none at all; H3_EXCESSIVE_LOAD when the
 *   fields are longer than `maxFieldSectionBytes`
 */
export function decodeFields(bytes: Uint8Array): Field[] {
  const reader = new FieldReader(bytes)
  if (reader.integer(8) !== 0) throw failed('there is no dynamic table here')
  reader.integer(7) // Base: counts from the dynamic table.
  const fields: Field[] = []
  let size = 0
  while (!reader.isAtEnd) {
    const field = reader.field()
    size += field[0].length + field[1].length + 32
    if (size > maxFieldSectionBytes)
      throw new Http3Error(
        'H3_EXCESSIVE_LOAD',
        `headers must fit ${maxFieldSectionBytes} bytes, got more`,
      )
    fields.push(field)
  }
  return fields
}

class FieldReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** The first bits say which of the forms it has: sections 4.5.2 to 4.5.6. */
  field(): Field {
    const first = this.#peek()
    if (first & 0b1000_0000) {
      if ((first & 0b0100_0000) === 0) throw dynamic()
      return known(this.integer(6))
    }
    if (first & 0b0100_0000) {
      if ((first & 0b0001_0000) === 0) throw dynamic()
      const [name] = known(this.integer(4))
      return [name, this.#text(7)]
    }
    if (first & 0b0010_0000) return [this.#text(3), this.#text(7)]
    throw dynamic()
  }

  /** @param bits those of the first byte that belong to it */
  integer(bits: number): number {
    const most = 2 ** bits - 1
    let value = this.#next() & most
    if (value < most) return value
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#next()
      value += (byte & 127) * factor
      // No index and no length here is near to this.
      if (value > 2 ** 32) throw failed('an integer is too large')
      if (byte < 128) return value
    }
  }

  #text(bits: number): string {
    const isShort = (this.#peek() & (1 << bits)) !== 0
    const length = this.integer(bits)
    if (length > this.#bytes.length - this.#at)
      throw failed('a text is cut off')
    const bytes = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return Buffer.from(isShort ? expand(bytes) : bytes).toString('latin1')
  }

  #peek(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw failed('the fields are cut off')
    return byte
  }

  #next(): number {
    const byte = this.#peek()
    this.#at++
    return byte
  }
}

function known(index: number): Field {
  const field = staticTable[index]
  if (field === undefined) throw failed(`the static table has no ${index}`)
  return field
}

function expand(bytes: Uint8Array): Buffer {
  try {
    return decodeHuffman(bytes)
  } catch (error) {
    throw failed((error as Error).message)
  }
}

function dynamic(): Http3Error {
  return failed('a field is of the dynamic table, and there is none')
}

function failed(why: string): Http3Error {
  return new Http3Error('QPACK_DECOMPRESSION_FAILED', why)
}
