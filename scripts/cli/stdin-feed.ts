// The feed `stdin`: whatever another program prints.
import { addAbortSignal, type Readable } from 'node:stream'

import { Feed } from '../../lessons/feed.ts'
import { sleep } from '../../lessons/shared/sleep.ts'
import { onFirstSubscriber } from './first-subscriber.ts'
import { readLines } from './lines.ts'

/** The same as for messages that clients publish. */
const maxLineBytes = 1024 * 1024

// At most 2,000 lines a second. A file is read faster than it is pushed: its
// first lines would leave the history before the subscriber has them.
const linesAtOnce = 20
const pauseMs = 10

/**
 * One message for each line. Nothing is read before the first subscriber comes:
 * the program that writes the lines waits for as long as the pipe is full.
 */
export function stdinFeed(
  signal: AbortSignal,
  tell: (line: string) => void,
  input: () => Readable = () => process.stdin,
): Feed {
  const begin = () => {
    if (signal.aborted) return
    tell('the first subscriber is here: reading stdin')
    publishLines(feed, input(), signal, tell)
  }
  const feed = new Feed(onFirstSubscriber(begin))
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
      if (number % linesAtOnce === 0) await sleep(pauseMs, signal)
    }
    tell(`stdin ended after ${lines(number)}; the server stays up`)
  } catch (error) {
    if (signal.aborted) return
    tell(`stdin broke off after ${lines(number)}: ${(error as Error).message}`)
  }
}

function lines(number: number): string {
  return number === 1 ? '1 line' : `${number} lines`
}
