// The part of a link that carries UDP. Each client, by its address, has a flow
// of its own to the server. A flow that is cut carries nothing any more, and
// nobody is told: as when a router has forgotten it.

import {
  createSocket,
  type RemoteInfo,
  type Socket,
  type SocketOptions,
} from 'node:dgram'
import { once } from 'node:events'

/** What waits for this process is not to be lost: it loses what it is told to. */
const options: SocketOptions = {
  type: 'udp4',
  recvBufferSize: 1024 * 1024,
  // Addresses only: there is nothing to look up.
  lookup: (host, _, done) => done(null, host, 4),
}

interface Flow {
  readonly server: Socket
  readonly target: URL
  frozen: boolean
  /** How many more bytes reach the client before the flow is cut. */
  bytesLeft: number
}

export interface Way {
  /** Where new flows lead. */
  target(): URL
  /** A new flow. @returns how many bytes reach its client before it is cut */
  join(): number
  /** A flow was cut after its bytes. */
  broke(): void
  /** So many bytes go to a client. */
  toClient(bytes: number): void
  /** Whether a datagram is lost. */
  loses(datagram: Buffer, to: 'client' | 'server'): boolean
  /** How long one is under way, each way: no time at all, if absent. */
  readonly delayMs?: number
}

export class DatagramLink {
  readonly #way: Way
  #listener: Socket | undefined
  /** By the client's address. */
  readonly #flows = new Map<string, Flow>()

  constructor(way: Way) {
    this.#way = way
  }

  /** @returns false when the port is taken */
  async listen(port: number): Promise<boolean> {
    const listener = createSocket(options)
    listener.on('message', (datagram, from) => this.#toServer(datagram, from))
    const listening = once(listener, 'listening')
    listener.bind(port, '127.0.0.1')
    try {
      await listening
      this.#listener = listener
      return true
    } catch (error) {
      listener.close()
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false
      throw error
    }
  }

  cut(): void {
    for (const flow of this.#flows.values()) flow.bytesLeft = 0
  }

  freeze(): void {
    for (const flow of this.#flows.values()) flow.frozen = true
  }

  thaw(): void {
    for (const flow of this.#flows.values()) flow.frozen = false
  }

  async close(): Promise<void> {
    const sockets = [...this.#flows.values()].map(({ server }) => server)
    this.#flows.clear()
    for (const socket of sockets) socket.close()
    if (this.#listener === undefined) return
    const closed = once(this.#listener, 'close')
    this.#listener.close()
    this.#listener = undefined
    await closed
  }

  #toServer(datagram: Buffer, from: RemoteInfo): void {
    const key = `${from.address}:${from.port}`
    const known = this.#flows.get(key)
    const flow = known ?? this.#join(from)
    this.#flows.set(key, flow)
    const isLost = flow.frozen || flow.bytesLeft <= 0
    if (isLost || this.#way.loses(datagram, 'server')) return
    const { hostname, port } = flow.target
    this.#later(() => flow.server, datagram, Number(port), hostname)
  }

  /** Sends it when it has been under way; those of one direction keep their order. */
  #later(
    from: () => Socket | undefined,
    datagram: Buffer,
    port: number,
    host: string,
  ): void {
    const send = () => {
      if (this.#listener) from()?.send(datagram, port, host, () => {})
    }
    const { delayMs = 0 } = this.#way
    if (delayMs > 0) setTimeout(send, delayMs)
    else send()
  }

  #join(client: RemoteInfo): Flow {
    const server = createSocket(options)
    const bytesLeft = this.#way.join()
    if (bytesLeft <= 0) this.#way.broke()
    const target = this.#way.target()
    const flow = { server, target, frozen: false, bytesLeft }
    server.on('message', (datagram) => {
      if (flow.frozen || flow.bytesLeft <= 0) return
      if (this.#way.loses(datagram, 'client')) return
      this.#way.toClient(datagram.length)
      // It gets there as a whole, or not at all.
      flow.bytesLeft -= datagram.length
      if (flow.bytesLeft <= 0) return this.#way.broke()
      this.#later(() => this.#listener, datagram, client.port, client.address)
    })
    server.on('error', () => {}) // Nothing listens there: what was sent is lost.
    return flow
  }
}
