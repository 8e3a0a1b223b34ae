// HTTP's Huffman code: short codes for characters that headers often have.
// https://www.rfc-editor.org/rfc/rfc7541.html#appendix-B

/**
 * How many bits each symbol has: bytes 0 to 255, and the end of the string. That
 * is all there is to know, as the code is canonical: codes of the same length
 * are consecutive numbers, in the order of their symbols, and longer ones go on
 * after shorter ones.
 */
const bitLengths = [
  ...[13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28],
  ...[28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  ...[6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6],
  ...[5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10],
  ...[13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  ...[7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6],
  ...[15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5],
  ...[6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28],
  ...[20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23],
  ...[24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24],
  ...[22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23],
  ...[21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23],
  ...[26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25],
  ...[19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27],
  ...[20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23],
  ...[26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26],
  30,
]

const endOfString = 256

interface Code {
  readonly bits: number
  readonly length: number
}

const codes = assignCodes()

/** Symbols by length and bits. */
const symbols = new Map(
  codes.map(({ bits, length }, symbol) => [keyOf(bits, length), symbol]),
)

function assignCodes(): Code[] {
  const assigned: Code[] = []
  let next = 0
  for (let length = 1; length <= 30; length++) {
    next *= 2
    for (const [symbol, own] of bitLengths.entries())
      if (own === length) assigned[symbol] = { bits: next++, length }
  }
  return assigned
}

/** A code of up to 30 bits and its length, in one number. */
function keyOf(bits: number, length: number): number {
  return bits * 32 + length
}

export function encodeHuffman(bytes: Uint8Array): Buffer {
  const encoded: number[] = []
  let waiting = 0n
  let count = 0
  for (const byte of bytes) {
    const { bits, length } = codes[byte] as Code
    waiting = (waiting << BigInt(length)) | BigInt(bits)
    count += length
    for (; count >= 8; count -= 8) {
      encoded.push(Number((waiting >> BigInt(count - 8)) & 0xffn))
      waiting &= (1n << BigInt(count - 8)) - 1n
    }
  }
  // "The most significant bits of the code for the EOS symbol": all ones.
  if (count > 0)
    encoded.push((Number(waiting) << (8 - count)) | (0xff >> count))
  return Buffer.from(encoded)
}

/** @throws RangeError for padding that is too long or not all ones, and for the end of the string within it: section 5.2 */
export function decodeHuffman(bytes: Uint8Array): Buffer {
  const decoded: number[] = []
  let bits = 0
  let length = 0
  for (const byte of bytes)
    for (let at = 7; at >= 0; at--) {
      bits = bits * 2 + ((byte >> at) & 1)
      length++
      const symbol = symbols.get(keyOf(bits, length))
      if (symbol === endOfString)
        throw new RangeError('a string must not hold its own end')
      if (symbol === undefined) {
        if (length > 30) throw new RangeError('no symbol has such a code')
        continue
      }
      decoded.push(symbol)
      bits = 0
      length = 0
    }
  if (length > 7) throw new RangeError('padding must be shorter than a byte')
  if (bits !== 2 ** length - 1) throw new RangeError('padding must be all ones')
  return Buffer.from(decoded)
}
