// One direction of a connection through a link: what is put in comes out in
// order, each piece at its time. It knows no clock and no socket.
//
// A loss is shown as what an in-order reader sees of it: silence, then all at
// once. The sender repairs a segment that was lost
//   - by fast retransmit: one RTT after the third segment behind it has left,
//     since three duplicate ACKs ask for it (RFC 5681, 3.2);
//   - else when its timer runs out, RTO after the segment left: SRTT plus the
//     variation of it (RFC 6298, 2.3), which on a steady link is the least that
//     Linux allows for it: 200 ms (the RFC's own minimum is a whole second).
// What follows is not slowed but waits, as it does in the receiver's kernel.
// Not modelled: a repair that is lost again, ACKs that are lost (the next one
// says the same), tail loss probes, and a sender that slows down.

import { segmentBytes, type TokenBucket } from './token-bucket.ts'

/** Bytes, or what a socket does: it opens, ends or breaks. */
export type Piece = Buffer | 'open' | 'end' | 'reset'

export interface DelayLineOptions {
  readonly rttMs: number
  /** What is put in sooner leaves then: the handshake was still going on. */
  readonly opensAt?: number
  /** Shared by all connections of the link; absent: no limit. */
  readonly bucket?: TokenBucket | undefined
  /** Whether the next segment, of so many bytes, is lost; absent: none is. */
  readonly isLost?: ((bytes: number) => boolean) | undefined
}

interface Traveller {
  readonly piece: Piece
  readonly leavesAt: number
  arrivesAt: number
  /** Segments behind it that were not lost: each brings a duplicate ACK. */
  duplicateAcks: number
}

/** Room beside what the link itself holds: what TCP would buffer. */
const bufferBytes = 256 * 1024
/** Counted as the bandwidth of a link without a limit: 1 Gbit/s. */
const unlimitedBytesPerMs = 125_000
const leastVariationMs = 200

export class DelayLine {
  /** Bytes that are on their way. */
  bytes = 0
  /** The bandwidth-delay product and a buffer: more has to wait outside. */
  readonly capacity: number

  readonly #rttMs: number
  readonly #opensAt: number
  readonly #bucket: TokenBucket | undefined
  readonly #isLost: ((bytes: number) => boolean) | undefined
  readonly #travellers: Traveller[] = []
  #missing: Traveller[] = []

  constructor({ rttMs, opensAt, bucket, isLost }: DelayLineOptions) {
    this.#rttMs = rttMs
    this.#opensAt = opensAt ?? Number.NEGATIVE_INFINITY
    this.#bucket = bucket
    this.#isLost = isLost
    const bytesPerMs = bucket?.bytesPerMs ?? unlimitedBytesPerMs
    this.capacity = Math.ceil(rttMs * bytesPerMs) + bufferBytes
  }

  get full(): boolean {
    return this.bytes >= this.capacity
  }

  /** When the next piece comes out; undefined: the line is empty. */
  get nextAt(): number | undefined {
    return this.#travellers[0]?.arrivesAt
  }

  put(piece: Piece, now: number): void {
    for (const part of this.#split(piece)) this.#send(part, now)
  }

  /** The next piece, if its time has come. */
  take(now: number): Piece | undefined {
    const [first] = this.#travellers
    if (!first || first.arrivesAt > now) return undefined
    this.#travellers.shift()
    if (typeof first.piece !== 'string') this.bytes -= first.piece.length
    return first.piece
  }

  /** All that is on its way is gone. */
  clear(): void {
    this.#travellers.length = 0
    this.#missing = []
    this.bytes = 0
  }

  #split(piece: Piece): Piece[] {
    // Where nothing can happen to a segment, there is no need to make any.
    const asOne = !this.#bucket && !this.#isLost
    if (asOne || typeof piece === 'string') return [piece]
    const parts: Buffer[] = []
    for (let start = 0; start < piece.length; start += segmentBytes)
      parts.push(piece.subarray(start, start + segmentBytes))
    return parts
  }

  #send(piece: Piece, now: number): void {
    const size = typeof piece === 'string' ? 0 : piece.length
    this.bytes += size
    const through = this.#bucket?.pass(size, now) ?? now
    const leavesAt = Math.max(this.#opensAt, through)
    const arrivesAt = leavesAt + this.#rttMs / 2
    const traveller = { piece, leavesAt, arrivesAt, duplicateAcks: 0 }
    this.#travellers.push(traveller)
    if (size === 0) return
    if (this.#isLost?.(size)) {
      // Those behind it wait without a word: only the first in line comes out.
      traveller.arrivesAt += this.#rttMs + leastVariationMs
      this.#missing.push(traveller)
    } else this.#acknowledge(leavesAt)
  }

  /** A segment that left then tells the sender of those missing before it. */
  #acknowledge(leavesAt: number): void {
    this.#missing = this.#missing.filter((lost) => {
      const repairArrivesAt = leavesAt + this.#rttMs * 1.5
      if (repairArrivesAt >= lost.arrivesAt) return false
      if (++lost.duplicateAcks < 3) return true
      lost.arrivesAt = repairArrivesAt
      return false
    })
  }
}
