// A stream of QUIC as a stream of Node: backpressure, `for await` and 'close'
// are the usual ones.

import { Duplex } from 'node:stream'

/** What a stream needs of its connection: quiche's own functions, and a sign when there is something to send. */
export interface StreamCarrier {
  /** Takes what has room, and says how many bytes that was. @throws Error `StreamStopped(code)` */
  send(id: number, bytes: Uint8Array, end: boolean): number
  /** @throws Error `StreamStopped(code)` when the peer reads no more */
  check(id: number): void
  /** The next bytes, and whether they are the last; undefined when there are none now. @throws Error `StreamReset(code)` */
  receive(id: number): readonly [Uint8Array, boolean] | undefined
  /** Tells the peer to stop sending: STOP_SENDING. */
  stopReading(id: number, code: number): void
  /** Ends without an end: RESET_STREAM. */
  reset(id: number, code: number): void
  /** Nothing can come or go any more. */
  closed(stream: QuicStream): void
}

/** A stream that its peer, or this side, gave up. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
  /** The code of the application above QUIC. */
  readonly code: number

  constructor(reason: string, code: number, options?: ErrorOptions) {
    super(reason, options)
    this.code = code
  }
}

const nothing = new Uint8Array()

export class QuicStream extends Duplex {
  readonly id: number
  readonly #carrier: StreamCarrier
  #wantsMore = false
  #hasEnded = false
  #hasFinished = false
  /** What has to be sent before anything else, and whom to tell. */
  #waiting: Waiting | undefined

  constructor(
    carrier: StreamCarrier,
    id: number,
    directions: { readable: boolean; writable: boolean },
  ) {
    super({ ...directions, emitClose: true })
    this.id = id
    this.#carrier = carrier
    this.#hasEnded = !directions.readable
    this.#hasFinished = !directions.writable
    // A peer may reset a stream at any time. 'close' follows, and whoever
    // reads or writes is told.
    this.on('error', () => {})
  }

  /** Whether all has been read that the peer sends. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Ends both directions early. The peer sees `code`. */
  abandon(code: number, reason = 'given up'): void {
    this.destroy(new StreamError(reason, code))
  }

  /** Takes what has come, while somebody wants it: the rest waits in QUIC, whose window closes then. */
  pull(): void {
    try {
      while (this.#wantsMore && !this.#hasEnded && !this.destroyed) {
        const received = this.#carrier.receive(this.id)
        if (received === undefined) return
        const [bytes, isLast] = received
        if (bytes.length > 0) this.#wantsMore = this.push(bytes)
        if (!isLast) continue
        this.#hasEnded = true
        this.push(null)
      }
    } catch (error) {
      this.#hasEnded = true
      this.destroy(brokenOff(error, 'the peer reset the stream'))
    }
  }

  /** Sends what waits, as far as there is room; or finds that the peer reads no more. */
  resumeWriting(): void {
    if (this.destroyed || this.#hasFinished) return
    if (this.#waiting) this.#send(this.#waiting)
    else this.#checkPeer()
  }

  #send(waiting: Waiting): void {
    const { bytes, end, done } = waiting
    try {
      const taken = this.#carrier.send(this.id, bytes, end)
      waiting.bytes = bytes.subarray(Math.max(taken, 0))
      if (waiting.bytes.length > 0 || taken < 0) return
    } catch (error) {
      this.#waiting = undefined
      done(brokenOff(error, 'the peer stopped the stream'))
      return
    }
    this.#waiting = undefined
    if (end) this.#hasFinished = true
    done()
  }

  #checkPeer(): void {
    try {
      this.#carrier.check(this.id)
    } catch (error) {
      this.destroy(brokenOff(error, 'the peer stopped the stream'))
    }
  }

  override _read(): void {
    this.#wantsMore = true
    this.pull()
  }

  override _write(bytes: Uint8Array, _: unknown, done: Done): void {
    this.#waiting = { bytes, end: false, done }
    this.resumeWriting()
  }

  override _final(done: Done): void {
    this.#waiting = { bytes: nothing, end: true, done }
    this.resumeWriting()
  }

  override _destroy(error: Error | null, done: Done): void {
    const code = error instanceof StreamError ? error.code : 0
    if (!this.#hasEnded) this.#carrier.stopReading(this.id, code)
    if (!this.#hasFinished) this.#carrier.reset(this.id, code)
    this.#waiting = undefined
    this.#carrier.closed(this)
    done(error)
  }
}

interface Waiting {
  bytes: Uint8Array
  readonly end: boolean
  readonly done: Done
}

type Done = (error?: Error | null) => void

/** quiche says `StreamReset(7)` or `StreamStopped(7)`. */
function brokenOff(cause: unknown, reason: string): StreamError {
  const { message } = cause as Error
  const [, code] = /\((\d+)\)/.exec(message) ?? []
  return new StreamError(
    code === undefined ? `${reason}: ${message}` : `${reason} with ${code}`,
    Number(code ?? 0),
    { cause },
  )
}
