// JSON lines: one JSON text a line, UTF-8. Runs in Node and in browsers.
// https://jsonlines.org, https://github.com/ndjson/ndjson-spec

// #region encode
/** JSON escapes line breaks inside of strings, so a line ends where the text does. */
export function encodeLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

/** Readers skip empty lines. One shows them, and every proxy, that the stream lives. */
export const emptyLine = '\n'
// #endregion encode

// #region decode
/**
 * The values of a stream of bytes, however it is cut into chunks.
 *
 * @throws SyntaxError when a line is not JSON. A last line without its end is
 *   not read: the connection broke within it.
 */
export async function* decodeLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown, void, undefined> {
  // A character of several bytes may be cut: the decoder keeps its first part.
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
  }
}
// #endregion decode
