// The format text/event-stream. Runs in Node and in browsers.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream

/** "Lines must be separated by either CRLF, LF or CR." U+2028 does not separate any. */
const lineBreak = /\r\n|\n|\r/

/** The fields of one event. */
export interface StreamEvent {
  id?: string
  data?: string
  /** The event's type; absent stands for `message`. */
  event?: string
  /** How long the client should wait before it reconnects: the field `retry`. */
  retryMs?: number
}

// #region encode
export function encodeEvent(fields: StreamEvent): string {
  const { id, data, event, retryMs } = fields
  let text = ''
  if (retryMs !== undefined) text += `retry: ${retryMs}\n`
  if (id !== undefined) text += `id: ${id}\n`
  if (event !== undefined) text += `event: ${event}\n`
  // A line break would end the field, so each line is a field of its own.
  for (const line of data?.split(lineBreak) ?? []) text += `data: ${line}\n`
  return `${text}\n`
}

/** Clients skip a line that starts with a colon. It shows that the stream lives. */
export const heartbeatComment = ':\n\n'
// #endregion encode

// #region decode
/**
 * The events of a stream of bytes, however it is cut into chunks. An event
 * without data is handed out too: a browser does not dispatch it, but its `id`
 * and `retry` count. One that the end of the stream cuts off is not.
 */
export async function* decodeEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<StreamEvent, void, undefined> {
  let event: StreamEvent = {}
  for await (const line of readLines(chunks)) {
    if (line !== '') addField(event, line)
    else {
      if (Object.keys(event).length > 0) yield event
      event = {}
    }
  }
}

function addField(event: StreamEvent, line: string): void {
  const colon = line.indexOf(':')
  const field = colon === -1 ? line : line.slice(0, colon)
  // "If value starts with a U+0020 SPACE character, remove it from value."
  const start = line[colon + 1] === ' ' ? colon + 2 : colon + 1
  const value = colon === -1 ? '' : line.slice(start)

  if (field === 'data')
    event.data = event.data === undefined ? value : `${event.data}\n${value}`
  else if (field === 'event') event.event = value || 'message'
  // "If the field value does not contain U+0000 NULL"
  else if (field === 'id' && !value.includes('\0')) event.id = value
  // "If the field value consists of only ASCII digits"
  else if (field === 'retry' && /^[0-9]+$/.test(value))
    event.retryMs = Number(value)
  // "Otherwise, the field is ignored." A comment is one without a name.
}
// #endregion decode

async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  // Keeps a character that is cut, and strips one byte order mark at the start.
  const decoder = new TextDecoder()
  let rest = ''
  let afterCR = false
  for await (const chunk of chunks) {
    const decoded = decoder.decode(chunk, { stream: true })
    if (decoded === '') continue // Only the first part of a character.
    // The CR that ended the last line may have been the first half of a CRLF.
    const isRestOfCRLF = afterCR && decoded.startsWith('\n')
    const text = isRestOfCRLF ? decoded.slice(1) : decoded
    afterCR = decoded.endsWith('\r')
    const lines = text.split(lineBreak)
    lines[0] = rest + lines[0]
    rest = lines.pop() ?? ''
    yield* lines
  }
}
