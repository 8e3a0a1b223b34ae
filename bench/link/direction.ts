// Leads what one socket reads through a delay line into another socket.

import type { Socket } from 'node:net'

import type { DelayLine, Piece } from './delay-line.ts'

export interface DirectionOptions {
  readonly from: Socket
  readonly to: Socket
  readonly line: DelayLine
  /** Connects `to`, where the line carries an 'open'. */
  readonly open?: () => void
  readonly onDelivered: (bytes: number) => void
}

export class Direction {
  readonly #options: DirectionOptions
  // One timer for all that is on its way: the line says when the next is due.
  #timer: NodeJS.Timeout | undefined
  #firesAt = Number.POSITIVE_INFINITY

  constructor(options: DirectionOptions) {
    this.#options = options
    const { from, to } = options
    from.on('data', (chunk) => this.put(chunk))
    from.on('end', () => this.put('end'))
    from.on('error', () => {}) // 'close' follows, and tells of it.
    from.on('close', (hadError) => {
      if (hadError) this.put('reset')
    })
    to.on('drain', () => this.#deliver())
    to.on('close', () => this.#stop())
  }

  put(piece: Piece): void {
    const { from, to, line } = this.#options
    if (to.destroyed) return
    line.put(piece, performance.now())
    if (line.full) from.pause()
    this.#deliver()
  }

  /** Hands over all that is due, and asks to be woken for the next. */
  #deliver(): void {
    const { from, to, line } = this.#options
    const now = performance.now()
    // Segments that are due together leave in one write.
    to.cork()
    // What the reader does not take stays in the line, and so fills it.
    while (!to.destroyed && !to.writableNeedDrain) {
      const piece = line.take(now)
      if (piece === undefined) break
      this.#handOver(piece)
    }
    to.uncork()
    if (!line.full && from.isPaused()) from.resume()
    this.#arm()
  }

  #handOver(piece: Piece): void {
    const { to, open, onDelivered } = this.#options
    if (piece === 'open') open?.()
    else if (piece === 'end') to.end()
    else if (piece === 'reset') to.resetAndDestroy()
    else {
      to.write(piece)
      onDelivered(piece.length)
    }
  }

  #arm(): void {
    const { to, line } = this.#options
    const next = line.nextAt
    // A full socket wakes us with 'drain'.
    if (next === undefined || to.destroyed || to.writableNeedDrain) return
    // A repair can come before what was due first.
    if (this.#timer && this.#firesAt <= next) return
    clearTimeout(this.#timer)
    this.#firesAt = next
    // Rounded up, since Node's timers know whole milliseconds: never early.
    const wait = Math.max(0, Math.ceil(next - performance.now()))
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#deliver()
    }, wait)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#options.line.clear()
  }
}
