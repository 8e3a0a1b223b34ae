// HTTP/3 on a connection of QUIC: what its streams are for, and who gets them.
// As much of it as WebTransport needs. It is here to be read: for production
// take a library.

import { EventEmitter } from 'node:events'
import { Readable } from 'node:stream'

import type { QuicConnection } from '../quic/quic-connection.ts'
import { describeEnd } from '../quic/quic-connection.ts'
import type { QuicStream } from '../quic/quic-stream.ts'
import {
  readControlStream,
  readDecoderStream,
  readEncoderStream,
} from './critical-streams.ts'
import { codes, Http3Error, Http3StreamError } from './errors.ts'
import { encodeFrame, type Frame, frameTypes, readFrames } from './frames.ts'
import { answerHeaders, type Headers, requestHeaders } from './message.ts'
import { decodeFields, encodeFields, type Field } from './qpack.ts'
import { encodeSettings, type Settings } from './settings.ts'
import { takeVarint, takeVarintOrEnd } from './take.ts'
import { encodeVarint, splitVarint } from './varint.ts'
import { WebTransportSession } from './web-transport-session.ts'

/** The first integer of a stream: RFC 9114, section 6.2, RFC 9204, section 4.2, and the WebTransport draft. */
export const streamTypes = {
  CONTROL: 0x00,
  PUSH: 0x01,
  QPACK_ENCODER: 0x02,
  QPACK_DECODER: 0x03,
  WEBTRANSPORT: 0x54,
  /** Of a stream both ways, in the place of its first frame's type. */
  WEBTRANSPORT_BOTH_WAYS: 0x41,
} as const

/** How many sessions a peer may have on one connection. */
export const maxSessions = 16

/** What both sides announce here. */
const ownSettings = {
  ENABLE_CONNECT_PROTOCOL: 1,
  H3_DATAGRAM: 1,
  H3_DATAGRAM_DRAFT04: 1,
  ENABLE_WEBTRANSPORT: 1,
  WEBTRANSPORT_MAX_SESSIONS: maxSessions,
}

/** Streams that came before the session they belong to. */
const maxEarlyStreams = 16

/** The same of datagrams. Those beyond are lost: so may they all be. */
const maxEarlyDatagrams = 100

/** A request and its answer, on one stream. */
export interface Exchange {
  /** Of what the peer sent: the request, or the answer. */
  readonly headers: Headers
  readonly stream: QuicStream
  /** The payload of its DATA frames. */
  readonly body: Readable
}

export interface Http3Events {
  request: [Exchange]
  /** The peer takes no more requests. */
  goAway: []
  /** The peer broke a rule: what the connection was closed for. */
  broken: [Http3Error]
  /** A fault of this program. */
  fault: [unknown]
}

export class Http3Connection extends EventEmitter<Http3Events> {
  readonly quic: QuicConnection
  /** What the peer announced. Rejects when the connection ends before. */
  readonly settings: Promise<Settings>
  #takeSettings: (settings: Settings) => void = () => {}
  readonly #seen = new Set<number>()
  readonly #sessions = new Map<number, WebTransportSession>()
  readonly #gone = new Set<number>()
  readonly #early = new Map<number, QuicStream[]>()
  #earlyDatagrams: [session: number, payload: Uint8Array][] = []
  #control: QuicStream | undefined
  #lastRequest = -4

  constructor(quic: QuicConnection) {
    super()
    this.quic = quic
    this.settings = new Promise((resolve, reject) => {
      this.#takeSettings = resolve
      quic.once('close', (end) => reject(new Error(describeEnd(end))))
    })
    this.settings.catch(() => {}) // Whoever waits for it is told.
    quic.once('open', () => this.#openControl())
    quic.on('stream', (stream) => this.#guard(this.#assign(stream), stream))
    quic.on('datagram', (bytes) => this.#takeDatagram(bytes))
  }

  get sessionCount(): number {
    return this.#sessions.size
  }

  /** Sends a request, and resolves when the headers of its answer are here. */
  async request(fields: readonly Field[]): Promise<Exchange> {
    const stream = await this.quic.openStream('bidirectional')
    stream.write(encodeFrame(frameTypes.HEADERS, encodeFields(fields)))
    try {
      return await this.#exchange(stream, readFrames(stream), answerHeaders)
    } catch (error) {
      this.#judge(error, stream)
      throw error
    }
  }

  /** The exchange becomes a session: its request, or its answer, has accepted one. */
  openSession({ stream, body }: Exchange): WebTransportSession {
    const session = new WebTransportSession(this.quic, stream)
    this.#sessions.set(stream.id, session)
    session.once('close', () => {
      this.#sessions.delete(stream.id)
      this.#gone.add(stream.id)
    })
    this.#guard(session.read(body), stream)
    for (const early of this.#early.get(stream.id) ?? []) session.take(early)
    this.#early.delete(stream.id)
    const early = this.#earlyDatagrams
    this.#earlyDatagrams = early.filter(([id]) => id !== stream.id)
    for (const [id, payload] of early)
      if (id === stream.id) session.datagrams.put(payload)
    return session
  }

  /** Announces that no more requests are taken: those that came are carried on. */
  goAway(): void {
    const next = encodeVarint(this.quic.isServer ? this.#lastRequest + 4 : 0)
    this.#control?.write(encodeFrame(frameTypes.GOAWAY, next))
  }

  /** Ends the connection over a fault of this program, and tells of it; not over what follows from its end. */
  fail(error: unknown): void {
    if (this.quic.ended !== undefined) return
    this.emit('fault', error)
    this.quic.close(codes.H3_INTERNAL_ERROR)
  }

  async #openControl(): Promise<void> {
    const settings = encodeSettings(ownSettings)
    try {
      this.#control = await this.quic.openStream('unidirectional')
      this.#control.write(encodeVarint(streamTypes.CONTROL))
      this.#control.write(encodeFrame(frameTypes.SETTINGS, settings))
    } catch {
      // The connection ended meanwhile, and has told so.
    }
  }

  /** What a stream of the peer is for. */
  #assign(stream: QuicStream): Promise<void> {
    return stream.writable ? this.#assignBoth(stream) : this.#assignOne(stream)
  }

  async #assignBoth(stream: QuicStream): Promise<void> {
    if (this.quic.isServer)
      this.#lastRequest = Math.max(this.#lastRequest, stream.id)
    const type = await takeVarintOrEnd(stream, incomplete)
    if (type === streamTypes.WEBTRANSPORT_BOTH_WAYS)
      return this.#toSession(stream)
    if (!this.quic.isServer)
      throw new Http3Error(
        'H3_STREAM_CREATION_ERROR',
        'a server opens streams both ways for WebTransport only',
      )
    if (type === undefined) throw incomplete()
    const frames = readFrames(stream, type)
    const exchange = await this.#exchange(stream, frames, requestHeaders)
    this.emit('request', exchange)
  }

  async #assignOne(stream: QuicStream): Promise<void> {
    // "A receiver MUST tolerate unidirectional streams being closed or reset
    // prior to the reception of the unidirectional stream header."
    const nothing = () => new Http3StreamError('H3_NO_ERROR', 'no header')
    const type = await takeVarint(stream, nothing)
    const { isServer } = this.quic
    switch (type) {
      case streamTypes.CONTROL:
        this.#mustBeFirst(type)
        return readControlStream(stream, isServer, {
          onSettings: this.#takeSettings,
          onGoAway: () => this.emit('goAway'),
        })
      case streamTypes.QPACK_ENCODER:
        this.#mustBeFirst(type)
        return readEncoderStream(stream)
      case streamTypes.QPACK_DECODER:
        this.#mustBeFirst(type)
        return readDecoderStream(stream)
      case streamTypes.PUSH:
        throw isServer
          ? new Http3Error('H3_STREAM_CREATION_ERROR', 'a client cannot push')
          : new Http3Error('H3_ID_ERROR', 'nobody allowed the server to push')
      case streamTypes.WEBTRANSPORT:
        return this.#toSession(stream)
      default:
        // "Recipients of unknown stream types MUST either abort reading of the
        // stream or discard incoming data": section 6.2.
        stream.abandon(codes.H3_STREAM_CREATION_ERROR, 'of an unknown type')
    }
  }

  #mustBeFirst(type: number): void {
    if (this.#seen.has(type))
      throw new Http3Error(
        'H3_STREAM_CREATION_ERROR',
        `a second stream of type ${type}`,
      )
    this.#seen.add(type)
  }

  async #toSession(stream: QuicStream): Promise<void> {
    const id = await takeVarint(stream, incomplete)
    if (id % 4 !== 0)
      throw new Http3Error('H3_ID_ERROR', `${id} is no id of a session`)
    const session = this.#sessions.get(id)
    if (session) return session.take(stream)
    if (this.#gone.has(id))
      return stream.abandon(codes.WEBTRANSPORT_SESSION_GONE)
    // Streams overtake each other: the session may be on its way.
    const early = this.#early.get(id) ?? []
    const count = [...this.#early.values()].flat().length
    if (count >= maxEarlyStreams)
      return stream.abandon(codes.WEBTRANSPORT_BUFFERED_STREAM_REJECTED)
    this.#early.set(id, [...early, stream])
  }

  #takeDatagram(bytes: Uint8Array): void {
    const [quarter = Infinity, payload] = splitVarint(bytes) ?? []
    if (payload === undefined || quarter >= 2 ** 60) {
      const why = 'a datagram must begin with the number of its session'
      this.#break(new Http3Error('H3_DATAGRAM_ERROR', why))
      return
    }
    const id = quarter * 4
    const session = this.#sessions.get(id)
    if (session) session.datagrams.put(payload)
    else if (!this.#gone.has(id)) {
      this.#earlyDatagrams.push([id, payload])
      if (this.#earlyDatagrams.length > maxEarlyDatagrams)
        this.#earlyDatagrams.shift()
    }
  }

  async #exchange(
    stream: QuicStream,
    frames: AsyncGenerator<Frame>,
    headersOf: (fields: readonly Field[]) => Headers,
  ): Promise<Exchange> {
    for (;;) {
      const { value: frame, done } = await frames.next()
      if (done) throw incomplete()
      if (frame.type === frameTypes.HEADERS) {
        const headers = headersOf(decodeFields(frame.payload))
        // 1xx: the answer is still to come.
        if (headers[':status']?.startsWith('1')) continue
        const body = Readable.from(this.#data(frames), { objectMode: false })
        body.on('error', () => {}) // Whoever reads it is told.
        return { headers, stream, body }
      }
      this.#mustBeUnknown(frame.type)
    }
  }

  async *#data(frames: AsyncGenerator<Frame>): AsyncGenerator<Buffer> {
    let isOver = false
    for await (const { type, payload } of frames) {
      if (isOver || (type !== frameTypes.DATA && type !== frameTypes.HEADERS))
        this.#mustBeUnknown(type)
      else if (type === frameTypes.HEADERS)
        isOver = decodeFields(payload) !== undefined // Trailers: the last ones.
      else if (payload.length > 0) yield payload
    }
  }

  #mustBeUnknown(type: number): void {
    if (!Object.values<number>(frameTypes).includes(type)) return
    if (type === frameTypes.PUSH_PROMISE && !this.quic.isServer)
      throw new Http3Error('H3_ID_ERROR', 'nobody allowed the server to push')
    throw new Http3Error(
      'H3_FRAME_UNEXPECTED',
      `a frame of type ${type} has no place here`,
    )
  }

  async #guard(work: Promise<unknown>, stream: QuicStream): Promise<void> {
    try {
      await work
    } catch (error) {
      this.#judge(error, stream)
    }
  }

  /** What a peer did wrong ends its connection, or the stream, with its code; and nothing else. */
  #judge(error: unknown, stream: QuicStream): void {
    if (error instanceof Http3StreamError)
      stream.abandon(error.code, error.message)
    else if (error instanceof Http3Error) this.#break(error)
    // A stream that broke has told whoever reads or writes it.
    else if (error !== stream.errored) this.fail(error)
  }

  #break(error: Http3Error): void {
    if (this.quic.ended !== undefined) return
    this.quic.close(error.code, error.message)
    this.emit('broken', error)
  }
}

function incomplete(): Http3StreamError {
  return new Http3StreamError(
    'H3_REQUEST_INCOMPLETE',
    'the stream ended before its headers',
  )
}
