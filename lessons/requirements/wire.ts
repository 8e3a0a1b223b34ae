// What went over the links of a check, in the order of time: for who wants to
// see it. Nobody records unless the check runs within `recordWire`.

import { AsyncLocalStorage } from 'node:async_hooks'

/** What happened on a connection. `client` and `server` sent something. */
export type WireAct =
  | 'client'
  | 'server'
  | 'client ended'
  | 'server ended'
  | 'cut'
  | 'frozen'
  | 'thawed'

export interface WireEvent {
  /** Since the recording began. */
  readonly atMs: number
  readonly act: WireAct
  /** What was sent. Empty for what is not a sending. */
  readonly bytes: Buffer
}

/** Of a connection that carries more, the middle is forgotten. */
const keptBytes = 64 * 1024

/** A check that connects more often is about other things. */
const keptConnections = 100

export class WireRecording {
  readonly connections: RecordedConnection[] = []
  readonly #startMs = performance.now()
  #opened = 0

  open(): RecordedConnection {
    const connection = new RecordedConnection(++this.#opened, this.#startMs)
    this.connections.push(connection)
    if (this.connections.length > keptConnections) this.connections.shift()
    return connection
  }
}

/** One connection: its beginning and its end, each up to 64 KiB. */
export class RecordedConnection {
  /** From 1, over all links of the check. */
  readonly number: number
  readonly head: WireEvent[] = []
  readonly tail: WireEvent[] = []
  /** How many bytes between head and tail were forgotten. */
  skippedBytes = 0
  readonly #startMs: number
  #headBytes = 0
  #tailBytes = 0

  constructor(number: number, startMs: number) {
    this.number = number
    this.#startMs = startMs
  }

  add(act: WireAct, bytes: Buffer = Buffer.alloc(0)): void {
    const atMs = performance.now() - this.#startMs
    const room = keptBytes - this.#headBytes
    const isHead = this.tail.length === 0 && room > 0
    const first = isHead ? bytes.subarray(0, room) : bytes.subarray(0, 0)
    if (isHead) this.head.push({ atMs, act, bytes: first })
    this.#headBytes += first.length
    const rest = bytes.subarray(first.length)
    if (isHead && rest.length === 0) return

    // A copy: the chunk that it is a part of is to be forgotten.
    const last = Buffer.from(rest.subarray(-keptBytes))
    this.skippedBytes += rest.length - last.length
    this.tail.push({ atMs, act, bytes: last })
    this.#tailBytes += last.length
    while (this.#tailBytes > keptBytes && this.tail.length > 1) {
      const forgotten = this.tail.shift()?.bytes.length ?? 0
      this.#tailBytes -= forgotten
      this.skippedBytes += forgotten
    }
  }
}

const recordings = new AsyncLocalStorage<WireRecording>()

/** Runs a check, and records what goes over the links that it opens. */
export function recordWire<Result>(
  recording: WireRecording,
  check: () => Result,
): Result {
  return recordings.run(recording, check)
}

/** The recording of the check that runs here, if there is one. */
export function currentRecording(): WireRecording | undefined {
  return recordings.getStore()
}
