// Bytes as lines of text.
import { decodeText } from '../../lessons/shared/read-text.ts'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** A line, or what is wrong with it. */
export type Line =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: string }

/**
 * The lines of `chunks`, which may cut them anywhere. They end with LF or CRLF,
 * the last one also with the end of the bytes.
 *
 * No more than `maxBytes` of a line are kept: the rest of a longer one is
 * forgotten as it comes.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line, void, undefined> {
  let parts: Uint8Array[] = []
  let length = 0

  const endLine = (): Line => {
    const line = toLine(parts, length, maxBytes)
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    while (start < chunk.length) {
      const found = chunk.indexOf(lineFeed, start)
      const end = found < 0 ? chunk.length : found
      length += end - start
      if (length > maxBytes) parts = []
      else parts.push(chunk.subarray(start, end))
      if (found >= 0) yield endLine()
      start = end + 1
    }
  }
  if (length > 0) yield endLine()
}

function toLine(
  parts: readonly Uint8Array[],
  length: number,
  maxBytes: number,
): Line {
  if (length > maxBytes)
    return {
      problem: `a message must be at most ${maxBytes} bytes long, got ${length}`,
    }
  const bytes = Buffer.concat(parts)
  const end = bytes.at(-1) === carriageReturn ? -1 : undefined
  try {
    return { text: decodeText(bytes.subarray(0, end)) }
  } catch {
    return { problem: 'a message must be UTF-8 text, got other bytes' }
  }
}
