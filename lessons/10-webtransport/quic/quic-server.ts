// Many connections of QUIC on one socket of UDP: packets find theirs by its id,
// not by the address they come from, which may change.

import { createHmac, randomBytes } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import { isIPv6 } from 'node:net'

import type { Certificate } from '../../lesson.ts'
import { AddressTokens } from './address-token.ts'
import { quicConfig, socketBufferBytes } from './quic-config.ts'
import { type Address, QuicConnection } from './quic-connection.ts'
import {
  type Config,
  type Connection,
  type Header,
  loadQuiche,
} from './quiche.ts'
import { resetToken, statelessReset } from './stateless-reset.ts'

/** Of the ids that this server gives to its connections, in bytes. With longer ones, what quiche announces after a Retry is more than it has room for. */
const idBytes = 8

/** "A client MUST expand the payload of all UDP datagrams carrying Initial packets to at least" so many bytes: RFC 9000, section 14.1. */
const minInitialBytes = 1_200

export interface QuicServerOptions {
  readonly certificate: Certificate
  /** How long a connection may be silent. */
  readonly idleMs: number
  /** How many handshakes may be under way before new clients have to prove their address: 100. */
  readonly retryAbove?: number
  /** How many may be under way at all: 1,000. */
  readonly maxHandshakes?: number
}

interface QuicServerEvents {
  connection: [QuicConnection]
  error: [Error]
}

export class QuicServer extends EventEmitter<QuicServerEvents> {
  readonly #options: QuicServerOptions
  readonly #config: Config
  readonly #tokens: AddressTokens
  readonly #resetKey: Uint8Array
  /** By the id that the server gave, and by the one that the client's first packets have. */
  readonly #byId = new Map<string, QuicConnection>()
  readonly #connections = new Set<QuicConnection>()
  readonly #handshakes = new Set<QuicConnection>()
  #socket: Socket | undefined
  #local: Address | undefined
  #takesNew = true

  constructor(options: QuicServerOptions) {
    super()
    const { certificate, idleMs } = options
    this.#options = options
    this.#config = quicConfig(idleMs, certificate)
    this.#tokens = new AddressTokens(randomBytes(32))
    // Known again after a restart, and to nobody else.
    this.#resetKey = createHmac('sha256', certificate.key)
      .update('stateless reset')
      .digest()
  }

  /** Those that are open, or on their way to it. */
  get connections(): ReadonlySet<QuicConnection> {
    return this.#connections
  }

  /** @throws Error of the system when it cannot listen */
  async listen(port: number, address: string): Promise<void> {
    const socket = createSocket({
      type: isIPv6(address) ? 'udp6' : 'udp4',
      recvBufferSize: socketBufferBytes,
      // Addresses only: there is nothing to look up.
      lookup: (host, _, done) => done(null, host, isIPv6(host) ? 6 : 4),
    })
    this.#socket = socket
    const listening = once(socket, 'listening')
    try {
      socket.bind(port, address)
      await listening
    } catch (error) {
      await this.stop()
      throw error
    }
    socket.on('error', (error) => this.emit('error', error))
    socket.on('message', (packet, from) => this.#receive(packet, from))
    const own = socket.address()
    this.#local = { host: own.address, port: own.port }
  }

  /** That it listens on. */
  get port(): number {
    return this.#local?.port ?? 0
  }

  /** New connections are refused from now on: those that are open go on. */
  refuseNew(): void {
    this.#takesNew = false
  }

  /** Ends what is left, and the socket. */
  async close(): Promise<void> {
    this.#takesNew = false
    for (const connection of new Set(this.#byId.values())) {
      connection.destroy()
      connection.release()
    }
    this.#byId.clear()
    await this.stop()
  }

  /** Listens no more. */
  async stop(): Promise<void> {
    const socket = this.#socket
    this.#socket = undefined
    if (socket === undefined) return
    const closed = once(socket, 'close')
    socket.close()
    await closed
  }

  #receive(packet: Buffer, { address: host, port }: RemoteInfo): void {
    const header = headerOf(packet)
    const local = this.#local
    if (header === undefined || local === undefined) return
    const from = { host, port }
    const connection =
      this.#byId.get(keyOf(header.dcid)) ??
      this.#accept(packet.length, header, from, local)
    connection?.receive(packet, from, local)
  }

  /** A packet of no connection: mostly the first one of a new one. */
  #accept(
    packetBytes: number,
    header: Header,
    from: Address,
    local: Address,
  ): QuicConnection | undefined {
    const { Type, versionIsSupported } = loadQuiche()
    const { ty, version, dcid, scid, token } = header
    if (ty === Type.Short) return this.#reset(packetBytes, dcid, from)
    if (packetBytes < minInitialBytes || !this.#takesNew) return undefined
    if (!versionIsSupported(version))
      return this.#answer(from, (out) =>
        loadQuiche().negotiateVersion(scid, dcid, out),
      )
    if (ty !== Type.Initial) return undefined

    const { retryAbove = 100, maxHandshakes = 1_000 } = this.#options
    const underWay = this.#handshakes.size
    if (underWay >= maxHandshakes) return undefined
    const address = `${from.host}:${from.port}`
    const hasToken = token !== undefined && token.length > 0
    const firstId = hasToken ? this.#tokens.check(token, address) : undefined
    if (underWay >= retryAbove && firstId === undefined) {
      if (hasToken) return undefined
      const fresh = this.#tokens.issue(address, dcid)
      return this.#answer(from, (out) =>
        loadQuiche().retry(
          scid,
          dcid,
          randomBytes(idBytes),
          fresh,
          version,
          out,
        ),
      )
    }
    // After a Retry the client sends to the id that the Retry gave.
    const id = firstId ? Buffer.from(dcid) : randomBytes(idBytes)
    return this.#open(id, dcid, firstId ?? null, from, local)
  }

  #open(
    id: Buffer,
    dcid: Uint8Array,
    firstId: Buffer | null,
    from: Address,
    local: Address,
  ): QuicConnection | undefined {
    const native = this.#begin(id, firstId, from, local)
    if (native === undefined) return undefined
    const connection = new QuicConnection(native, true, (packet, to) =>
      this.#socket?.send(packet, to.port, to.host, ignoreLoss),
    )
    const keys = [keyOf(id), keyOf(dcid)]
    for (const key of keys) this.#byId.set(key, connection)
    this.#connections.add(connection)
    this.#handshakes.add(connection)
    connection.once('open', () => this.#handshakes.delete(connection))
    connection.once('close', () => {
      this.#connections.delete(connection)
      this.#handshakes.delete(connection)
    })
    connection.once('forgotten', () => {
      for (const key of keys) this.#byId.delete(key)
    })
    this.emit('connection', connection)
    return connection
  }

  #begin(
    id: Buffer,
    firstId: Buffer | null,
    from: Address,
    local: Address,
  ): Connection | undefined {
    const token = resetToken(this.#resetKey, id)
    this.#config.setStatelessResetToken(BigInt(`0x${token.toString('hex')}`))
    const { Connection } = loadQuiche()
    try {
      return Connection.accept(id, firstId, local, from, this.#config)
    } catch {
      return undefined // What the client wants cannot be: it gets no answer.
    }
  }

  #reset(packetBytes: number, id: Uint8Array, to: Address): undefined {
    const reset = statelessReset(packetBytes, resetToken(this.#resetKey, id))
    if (reset) this.#socket?.send(reset, to.port, to.host, ignoreLoss)
  }

  /** Answers without a connection, by a packet that quiche writes. */
  #answer(to: Address, write: (out: Uint8Array) => number): undefined {
    const out = Buffer.alloc(minInitialBytes)
    try {
      const length = write(out)
      this.#socket?.send(out, 0, length, to.port, to.host, ignoreLoss)
    } catch {
      // The packet was malformed: it deserves no answer.
    }
  }
}

/** A packet that the system does not take is one that is lost: QUIC sends its content again. */
function ignoreLoss(): void {}

function headerOf(packet: Buffer): Header | undefined {
  try {
    return loadQuiche().Header.fromSlice(packet, idBytes)
  } catch {
    return undefined // Not of QUIC.
  }
}

function keyOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.length).toString('latin1')
}
