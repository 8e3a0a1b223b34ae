// What a client reads of a stream: a message a line.

import { decodeLines } from '../../lessons/03-http-streaming/json-lines.ts'
import type { OpenOptions, TopicMessage } from './way.ts'

/** Until the stream ends or breaks: whoever waits for a message has a deadline. */
export async function readMessages(
  stream: AsyncIterable<Uint8Array>,
  { arrived }: Pick<OpenOptions, 'arrived'>,
): Promise<void> {
  try {
    for await (const message of decodeLines(stream))
      arrived(message as TopicMessage)
  } catch {
    // The topics are closed.
  }
}
