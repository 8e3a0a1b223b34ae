// Six clients, connections that break all the time, messages of all sizes: and
// nothing is lost, nothing comes twice, nobody waits for ever.

import type { Lesson } from '../lesson.ts'
import { sleep } from '../shared/sleep.ts'
import { Link } from './link.ts'
import { randomNumbers } from './random.ts'
import { type Reader, read } from './reader.ts'
import { range, setUp } from './rig.ts'
import { until } from './until.ts'

export interface SoakOptions {
  /** How often each client's connection is cut at least. */
  cuts: number
  clients?: number
  /** The same seed cuts at the same bytes. */
  seed?: number
  signal: AbortSignal
}

export interface SoakResult {
  /** How many connections were cut, of all clients. */
  readonly cuts: number
  /** How many messages each client had to receive. */
  readonly published: number
  /** Messages that a client did not receive, over all clients. */
  readonly lost: number
  /** Messages that a client received again, or out of order, over all clients. */
  readonly doubled: number
}

/** How many messages the slowest client may be behind: an answer to a poll must get through between two cuts. */
const mostBehind = 20

/** @throws AssertionError when a client still waits for a message as `signal` aborts */
export async function soak(
  lesson: Lesson,
  { cuts, clients = 6, seed = 1, signal }: SoakOptions,
): Promise<SoakResult> {
  const random = randomNumbers(seed)
  await using rig = await setUp(lesson, signal, { retryMs: 1 })
  const { feed } = rig
  const links = await Promise.all(range(1, clients).map(() => Link.to(rig.url)))
  try {
    const readers = links.map((link) => {
      link.bytesUntilCut = () => bytesUntilCut(random)
      return read(rig, signal, { after: feed.start }, link)
    })

    const texts: string[] = []
    const publish = (text: string) => {
      feed.publish(text)
      texts.push(text)
    }
    while (!signal.aborted && links.some(({ broken }) => broken < cuts)) {
      const slowest = Math.min(
        ...readers.map(({ messages }) => messages.length),
      )
      if (texts.length - slowest < mostBehind)
        publish(text(texts.length, random()))
      else await sleep(1, signal)
    }
    const broken = links.reduce((sum, { broken }) => sum + broken, 0)
    for (const link of links) link.bytesUntilCut = () => Infinity
    for (const link of links) link.cut()
    publish('the last one')

    let lost = 0
    let doubled = 0
    for (const [index, reader] of readers.entries()) {
      await until(
        () => reader.messages.at(-1)?.data === 'the last one',
        signal,
        `client ${index + 1} to receive the last of ${texts.length} messages; it has ${reader.messages.length}`,
      )
      await reader.leave()
      const compared = compare(reader, texts)
      lost += compared.lost
      doubled += compared.doubled
    }
    return { cuts: broken, published: texts.length, lost, doubled }
  } finally {
    for (const link of links) await link.close()
  }
}

/**
 * Half of the connections break early: one in ten of them as soon as it is
 * accepted, the others within a handshake, a head or a short message. The rest
 * break anywhere in their first 512 KiB, so that each client gets on before its
 * delays have grown to seconds. By chance, and not in turn: a client that needs
 * two connections would have the same bad luck every time.
 */
function bytesUntilCut(random: () => number): number {
  if (random() < 0.5) return Math.floor(random() * 512 * 1024)
  return random() < 0.1 ? 0 : Math.floor(random() * 4 * 1024)
}

/** Mostly short texts, some of 10 kB, a few of 60 kB; with characters of several bytes. */
function text(index: number, random: number): string {
  const length = random < 0.02 ? 20_000 : random < 0.1 ? 3_300 : random * 200
  return `${index}\n${'✓'.repeat(length)}`
}

function compare({ messages }: Reader, texts: readonly string[]) {
  let position = 0
  let lost = 0
  let doubled = 0
  for (const { data } of messages) {
    const index = texts.indexOf(data, position)
    if (index === -1) doubled++
    else {
      lost += index - position
      position = index + 1
    }
  }
  return { lost: lost + texts.length - position, doubled }
}
