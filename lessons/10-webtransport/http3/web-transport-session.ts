// A session of WebTransport: streams and datagrams that belong together, within
// a connection of HTTP/3. The request that opened it stays open as long.
// https://www.ietf.org/archive/id/draft-ietf-webtrans-http3-07.html

import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'

import { Queue } from '../../shared/queue.ts'
import type { QuicConnection } from '../quic/quic-connection.ts'
import type { QuicStream } from '../quic/quic-stream.ts'
import {
  capsuleTypes,
  decodeEnd,
  encodeCapsule,
  encodeEnd,
  readCapsules,
  type SessionEnd,
} from './capsules.ts'
import { codes } from './errors.ts'
import { encodeFrame, frameTypes } from './frames.ts'
import { encodeVarint } from './varint.ts'

export interface SessionEvents {
  /** The peer asks to end it soon. */
  drain: []
  close: [SessionEnd]
}

/** How many datagrams wait to be read. */
const maxDatagrams = 1_000

const unidirectional = 0x54
const bidirectional = 0x41

export class WebTransportSession extends EventEmitter<SessionEvents> {
  readonly id: number
  /** Those that the peer opens: both ways if they are writable. */
  readonly streams = new Queue<QuicStream>()
  /** Those that came. What nobody takes in time is dropped, the oldest first. */
  readonly datagrams = new Queue<Uint8Array>(maxDatagrams)
  readonly #quic: QuicConnection
  readonly #request: QuicStream
  readonly #streams = new Set<QuicStream>()
  #end: SessionEnd | undefined

  /** @param request the stream of the request that opened it */
  constructor(quic: QuicConnection, request: QuicStream) {
    super()
    this.id = request.id
    this.#quic = quic
    this.#request = request
    request.once('close', () => this.#finish({ code: 0, reason: 'broken off' }))
  }

  /** How it ended, if it has. */
  get ended(): SessionEnd | undefined {
    return this.#end
  }

  /** A stream to the peer, or one both ways. Waits while the peer allows no more. @throws Error when the connection ends */
  async openStream(
    kind: 'unidirectional' | 'bidirectional',
  ): Promise<QuicStream> {
    const stream = await this.#quic.openStream(kind)
    const type = kind === 'unidirectional' ? unidirectional : bidirectional
    stream.write(Buffer.concat([encodeVarint(type), encodeVarint(this.id)]))
    this.#add(stream)
    return stream
  }

  /** Sends a datagram, which may be lost. @returns whether it was taken */
  sendDatagram(bytes: Uint8Array): boolean {
    // "Quarter Stream ID": ids of requests are multiples of four.
    const session = encodeVarint(this.id / 4)
    return this.#quic.sendDatagram(Buffer.concat([session, bytes]))
  }

  /** Asks the peer to end the session soon. */
  drain(): void {
    this.#tell(encodeCapsule(capsuleTypes.DRAIN_WEBTRANSPORT_SESSION))
  }

  /** Ends it. The peer gets to know the code and the reason. */
  close(code = 0, reason = ''): void {
    if (this.#end !== undefined) return
    const end = { code, reason }
    this.#tell(
      encodeCapsule(capsuleTypes.CLOSE_WEBTRANSPORT_SESSION, encodeEnd(end)),
    )
    this.#request.end()
    this.#finish(end)
  }

  /** Reads what the peer says about the session, until it ends. @throws Http3Error */
  async read(body: Readable): Promise<void> {
    for await (const { type, value } of readCapsules(body)) {
      if (type === capsuleTypes.DRAIN_WEBTRANSPORT_SESSION) this.emit('drain')
      else {
        this.#request.end()
        this.#finish(decodeEnd(value))
      }
    }
    // "Cleanly terminating a CONNECT stream without a CLOSE_WEBTRANSPORT_SESSION
    // capsule SHALL be semantically equivalent to" one with code 0 and no reason.
    this.#request.end()
    this.#finish({ code: 0, reason: '' })
  }

  /** Takes over a stream of the peer that belongs to it. */
  take(stream: QuicStream): void {
    this.#add(stream)
    if (this.#end === undefined) this.streams.put(stream)
    else stream.abandon(codes.WEBTRANSPORT_SESSION_GONE)
  }

  #add(stream: QuicStream): void {
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
  }

  #tell(capsule: Buffer): void {
    if (this.#request.writable)
      this.#request.write(encodeFrame(frameTypes.DATA, capsule))
  }

  #finish(end: SessionEnd): void {
    if (this.#end !== undefined) return
    this.#end = end
    for (const stream of this.#streams)
      stream.abandon(codes.WEBTRANSPORT_SESSION_GONE, 'the session ended')
    this.streams.end()
    this.datagrams.end()
    this.emit('close', end)
  }
}
