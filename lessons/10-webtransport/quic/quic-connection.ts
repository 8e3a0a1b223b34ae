// A connection of QUIC: quiche keeps its state, and this file moves packets,
// timers, streams and datagrams in and out of it.

import { EventEmitter } from 'node:events'
import { QuicStream, type StreamCarrier } from './quic-stream.ts'
import { type Connection, loadQuiche } from './quiche.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** How a connection ended. */
export interface QuicEnd {
  readonly by: 'peer' | 'here' | 'silence' | 'system'
  /** The error code: of the application above QUIC, else of QUIC itself. */
  readonly code: number
  readonly isApplication: boolean
  readonly reason: string
}

export interface QuicEvents {
  /** The handshake is done. */
  open: []
  /** The peer opened a stream. */
  stream: [QuicStream]
  datagram: [Uint8Array]
  close: [QuicEnd]
  /** It has no answer left even for late packets. */
  forgotten: []
}

/** The kinds of streams: https://www.rfc-editor.org/rfc/rfc9000.html#section-2.1 */
export type StreamKind = 'bidirectional' | 'unidirectional'

/** Longer than any packet. */
const packet = Buffer.alloc(65_536)
const received = Buffer.alloc(65_536)

export class QuicConnection extends EventEmitter<QuicEvents> {
  /** As of UDP, without its headers. */
  bytesRead = 0
  bytesWritten = 0
  readonly isServer: boolean
  readonly #native: Connection
  readonly #transmit: (packet: Uint8Array, to: Address) => void
  readonly #streams = new Map<number, QuicStream>()
  /** Streams of the peer that were given up: what still comes of them is nobody's. */
  readonly #givenUp = new Set<number>()
  readonly #opened = { bidirectional: 0, unidirectional: 0 }
  readonly #waitingForRoom = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #timerAt = Infinity
  #looking: NodeJS.Immediate | undefined
  #isForgotten = false
  #isFlushing = false
  #isOpen = false
  #end: QuicEnd | undefined

  constructor(
    native: Connection,
    isServer: boolean,
    transmit: (packet: Uint8Array, to: Address) => void,
  ) {
    super()
    this.isServer = isServer
    this.#native = native
    this.#transmit = transmit
  }

  get isOpen(): boolean {
    return this.#isOpen && this.#end === undefined
  }

  /** As of a socket of TCP. */
  get destroyed(): boolean {
    return this.#end !== undefined
  }

  /** How it ended, if it has. */
  get ended(): QuicEnd | undefined {
    return this.#end
  }

  /** The certificate of the server, as DER. */
  get peerCertificate(): Uint8Array | undefined {
    return this.#native.peerCertChain()?.[0]
  }

  /** Takes a packet that came. What is wrong with it is quiche's to judge: it drops it, or closes the connection. */
  receive(bytes: Uint8Array, from: Address, to: Address): void {
    this.bytesRead += bytes.length
    try {
      this.#native.recv(bytes, { from, to })
    } catch {
      // It was no packet of this connection, or one that ended it: the state
      // tells.
    }
    // Packets come in bursts: what they brought is looked at once for all.
    this.#looking ??= setImmediate(() => this.#look())
  }

  /** Opens a stream; waits while the peer allows no more of them. @throws Error when the connection ends */
  async openStream(kind: StreamKind): Promise<QuicStream> {
    while (this.#end === undefined && !this.#hasRoomFor(kind))
      await new Promise<void>((resolve) => this.#waitingForRoom.add(resolve))
    if (this.#end !== undefined) throw new Error(describeEnd(this.#end))
    const id =
      this.#opened[kind]++ * 4 +
      (this.isServer ? 1 : 0) +
      (kind === 'unidirectional' ? 2 : 0)
    // For quiche it exists, and counts, from the first time that it is named.
    this.#native.streamSend(id, Buffer.alloc(0), false)
    return this.#add(id)
  }

  /**
   * Sends a datagram, which may be lost.
   *
   * @returns whether it was taken: not when it is longer than a packet, or when
   *   too many wait
   */
  sendDatagram(bytes: Uint8Array): boolean {
    if (!this.isOpen) return false
    try {
      if (this.#native.dgramSendVec(bytes) === null) return false
    } catch {
      return false // Too long, or the peer takes none.
    }
    this.#flushSoon()
    return true
  }

  /** The longest datagram that fits a packet, in bytes; 0 when the peer takes none. */
  get maxDatagramBytes(): number {
    return this.#native.dgramMaxWritableLen() ?? 0
  }

  /** Asks the peer for a sign of life: PING, which it acknowledges. */
  ping(): void {
    if (!this.isOpen) return
    this.#native.sendAckEliciting()
    this.#flushSoon()
  }

  /** Closes with an error code of the application above. The peer is told. */
  close(code: number, reason = ''): void {
    this.#close(true, code, reason)
  }

  /** Sends the first packet of a client. */
  start(): void {
    this.#flush()
  }

  /** The system has no way to the peer any more. */
  fail(reason: string): void {
    this.#finish({ by: 'system', code: 0, isApplication: false, reason })
  }

  /** Closes at once, for no reason that the application knows: the peer is told, and sees an error of QUIC. */
  destroy(): void {
    this.#close(false, loadQuiche().ConnectionErrorCode.InternalError, '')
  }

  /** Lets go of the timer: no packet comes or goes any more. */
  release(): void {
    if (this.#isForgotten) return
    this.#isForgotten = true
    clearTimeout(this.#timer)
    clearImmediate(this.#looking)
    this.emit('forgotten')
  }

  #close(isApplication: boolean, code: number, reason: string): void {
    if (this.#end !== undefined) return
    this.#flush() // What was written before goes first.
    try {
      this.#native.close(isApplication, code, Buffer.from(reason))
    } catch {
      // Closed already: `#look` finds out how.
    }
    this.#flush()
    this.#finish({ by: 'here', code, isApplication, reason })
  }

  /** What is new since a packet came, or time went by. */
  #look(): void {
    this.#looking = undefined
    const native = this.#native
    if (this.#end === undefined) {
      if (!this.#isOpen && native.isEstablished()) {
        this.#isOpen = true
        this.emit('open')
      }
      this.#readAll()
      for (const id of native.writable()) this.#streams.get(id)?.resumeWriting()
      for (const goOn of this.#waitingForRoom) goOn()
      this.#waitingForRoom.clear()
    }
    this.#flush()
    if (native.isClosed() || native.isDraining()) this.#finish(endOf(native))
    if (native.isClosed()) this.release()
  }

  #readAll(): void {
    const native = this.#native
    for (const id of native.readable()) {
      if (this.#end !== undefined) return
      const known = this.#streams.get(id)
      if (known) known.pull()
      else if (isByPeer(id, this.isServer) && !this.#givenUp.has(id))
        this.emit('stream', this.#add(id))
    }
    while (this.#end === undefined && native.dgramRecvQueueLen() > 0) {
      const datagram = native.dgramRecvVec()
      if (datagram !== null) this.emit('datagram', datagram)
    }
  }

  #add(id: number): QuicStream {
    const isOneWay = (id & 2) !== 0
    const isOwn = !isByPeer(id, this.isServer)
    const stream = new QuicStream(this.#carrier, id, {
      readable: !isOneWay || !isOwn,
      writable: !isOneWay || isOwn,
    })
    this.#streams.set(id, stream)
    return stream
  }

  readonly #carrier: StreamCarrier = {
    send: (id, bytes, end) => {
      if (this.#end !== undefined) return -1
      const taken = this.#native.streamSend(id, bytes, end)
      if (taken === null) {
        this.#carrier.check(id)
        return -1
      }
      this.#flushSoon()
      return taken
    },
    // Of a stream that is stopped, or gone, there is no capacity to tell.
    check: (id) => {
      if (this.#end === undefined) this.#native.streamCapacity(id)
    },
    receive: (id) => {
      if (this.#end !== undefined) return undefined
      const read = this.#native.streamRecv(id, received)
      if (read === null) return undefined
      this.#flushSoon() // The window has moved.
      return [Buffer.from(received.subarray(0, read[0])), read[1]]
    },
    stopReading: (id, code) => this.#shutdown(id, 'Read', code),
    reset: (id, code) => this.#shutdown(id, 'Write', code),
    closed: ({ id, hasEnded }) => {
      this.#streams.delete(id)
      if (!hasEnded && isByPeer(id, this.isServer)) this.#givenUp.add(id)
    },
  }

  #shutdown(id: number, side: 'Read' | 'Write', code: number): void {
    if (this.#end !== undefined) return
    try {
      this.#native.streamShutdown(id, loadQuiche().Shutdown[side], code)
    } catch {
      // Ended already on this side: there is nothing to tell.
    }
    this.#flushSoon()
  }

  #hasRoomFor(kind: StreamKind): boolean {
    if (!this.#isOpen) return false
    const native = this.#native
    const left =
      kind === 'bidirectional'
        ? native.peerStreamsLeftBidi()
        : native.peerStreamsLeftUni()
    return left > 0
  }

  /** What is written in one go leaves in one packet. */
  #flushSoon(): void {
    if (this.#isFlushing) return
    this.#isFlushing = true
    process.nextTick(() => {
      this.#isFlushing = false
      this.#flush()
    })
  }

  /** Sends all packets that are due, and sets the timer for the next ones. */
  #flush(): void {
    const native = this.#native
    for (;;) {
      const sent = nextPacket(native)
      if (sent === undefined) break
      const [length, to] = sent
      this.bytesWritten += length
      this.#transmit(Buffer.from(packet.subarray(0, length)), to)
    }
    this.#setTimer(native.timeout())
  }

  /** A timer that comes too early does no harm, it only sets the next one: so it is seldom set anew. */
  #setTimer(ms: number | null): void {
    if (this.#isForgotten || ms === null) return
    const at = performance.now() + ms
    if (this.#timerAt <= at) return
    clearTimeout(this.#timer)
    this.#timerAt = at
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity
      this.#native.onTimeout()
      this.#look()
    }, ms)
  }

  #finish(end: QuicEnd): void {
    if (this.#end !== undefined) return
    this.#end = end
    for (const goOn of this.#waitingForRoom) goOn()
    this.#waitingForRoom.clear()
    const reason = new Error(describeEnd(end))
    for (const stream of this.#streams.values()) stream.destroy(reason)
    this.#streams.clear()
    this.emit('close', end)
  }
}

/** Such as `the peer closed the connection with 0x107: …`. */
export function describeEnd({ by, code, reason }: QuicEnd): string {
  if (by === 'silence') return 'the peer fell silent'
  if (by === 'system') return reason
  const who = by === 'peer' ? 'the peer' : 'this side'
  const why = reason === '' ? '' : `: ${reason}`
  return `${who} closed the connection with 0x${code.toString(16)}${why}`
}

function isByPeer(id: number, isServer: boolean): boolean {
  return ((id & 1) === 0) === isServer
}

function nextPacket(native: Connection): [number, Address] | undefined {
  try {
    const sent = native.send(packet)
    return sent === null ? undefined : [sent[0], sent[1].to]
  } catch {
    return undefined // It is closed, and has nothing to say any more.
  }
}

function endOf(native: Connection): QuicEnd {
  const told = native.peerError()
  const own = native.localError()
  const error = told ?? own
  if (error === null)
    return { by: 'silence', code: 0, isApplication: false, reason: '' }
  return {
    by: told ? 'peer' : 'here',
    code: error.errorCode,
    isApplication: error.isApp,
    reason: Buffer.from(error.reason).toString(),
  }
}
