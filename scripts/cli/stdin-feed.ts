// The feed `stdin`: whatever another program prints.
import { addAbortSignal, type Readable } from 'node:stream'

import { Feed } from '../../lessons/feed.ts'
import { readLines } from './lines.ts'

/** The same as for messages that clients publish. */
const maxLineBytes = 1024 * 1024

/**
 * One message for each line. Nothing is read before the first subscriber comes:
 * subscribers start at the present, and what is published earlier is past. The
 * program that writes the lines waits for as long as the pipe is full.
 */
export function stdinFeed(
  signal: AbortSignal,
  tell: (line: string) => void,
  input: () => Readable = () => process.stdin,
): Feed {
  let begun = false
  const feed = new Feed({
    onSubscribe() {
      if (begun) return
      begun = true
      tell('the first subscriber is here: reading stdin')
      // The subscriber gets its place to start first, then come the lines.
      setImmediate(() => {
        if (!signal.aborted) publishLines(feed, input(), signal, tell)
      })
    },
  })
  return feed
}

async function publishLines(
  feed: Feed,
  input: Readable,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<void> {
  let number = 0
  try {
    const chunks = addAbortSignal(signal, input)
    for await (const { text, problem } of readLines(chunks, maxLineBytes)) {
      number++
      if (problem === undefined) feed.publish(text)
      else tell(`line ${number} is skipped: ${problem}`)
    }
    tell(`stdin ended after ${number} lines, the server stays up`)
  } catch (error) {
    if (signal.aborted) return
    tell(`stdin broke off after ${number} lines: ${(error as Error).message}`)
  }
}
