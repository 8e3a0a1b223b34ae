// From a session to what arrived on it. Runs in Node and in browsers.

import { decodeLines } from '../03-http-streaming/json-lines.ts'
import { parseCursor } from '../cursor.ts'
import { Queue } from '../shared/queue.ts'
import type { Arrival } from '../shared/resuming.ts'

type Chunks = AsyncIterable<Uint8Array>

/** Reliable: every line of the stream that the server has opened. */
export async function* fromLines(chunks: Chunks): AsyncGenerator<Arrival> {
  for await (const line of decodeLines(chunks)) yield line as Arrival
}

/**
 * Unreliable: a message from each datagram that came. Ids are consecutive, so
 * whoever reads sees by the next one how many did not come. One that was
 * overtaken is dropped: it counts as lost already.
 *
 * @param lines the stream beside them tells where they start, and shows that the
 *   server lives
 */
export async function* fromDatagrams(
  lines: Chunks,
  datagrams: Chunks,
): AsyncGenerator<Arrival> {
  const arrivals = new Queue<Arrival>()
  const read = async (from: AsyncIterable<Arrival>) => {
    try {
      for await (const arrival of from) arrivals.put(arrival)
      arrivals.end()
    } catch (error) {
      arrivals.end(error as Error)
    }
  }
  read(fromLines(lines))
  read(decodeEach(datagrams))
  let last = -1
  for await (const arrival of arrivals) {
    const position = parseCursor(arrival.id ?? '')?.position ?? last
    if (arrival.id !== undefined && position <= last) continue
    last = position
    yield arrival
  }
}

async function* decodeEach(datagrams: Chunks): AsyncGenerator<Arrival> {
  const decoder = new TextDecoder()
  for await (const datagram of datagrams)
    yield JSON.parse(decoder.decode(datagram))
}
