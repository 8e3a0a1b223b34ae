// A link between client and server: a proxy on loopback that takes its time. TCP
// goes through a width, too, and stalls as if segments were lost. Datagrams of
// UDP, on the same port number, are lost for good: who sent them has to notice.

import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, Socket } from 'node:net'

import { DatagramLink } from '../../lessons/requirements/datagram-link.ts'
import { randomNumbers } from '../../lessons/requirements/random.ts'
import { DelayLine } from './delay-line.ts'
import { Direction } from './direction.ts'
import type { LinkOptions } from './link-options.ts'
import { TokenBucket } from './token-bucket.ts'

/** Whether a packet to a client, of so many bytes, is lost. */
export type Loser = (bytes: number) => boolean

/** Without a measured RTT, TCP sends a lost SYN again after 1 s (RFC 6298, 2.1). */
const firstRtoMs = 1_000

export class EmulatedLink implements AsyncDisposable {
  /** Bytes that have reached the server, and the client. */
  bytesUp = 0
  bytesDown = 0
  /** How many connections clients have made. */
  connections = 0

  readonly #target: URL
  readonly #options: LinkOptions
  readonly #loses: Loser | undefined
  readonly #datagrams: DatagramLink
  readonly #listener = createServer(
    { allowHalfOpen: true, noDelay: true },
    (client) => this.#join(client),
  )
  readonly #sockets = new Set<Socket>()
  readonly #lines = new Set<DelayLine>()
  // Connections share the link's width, and wait for each other.
  readonly #up: TokenBucket | undefined
  readonly #down: TokenBucket | undefined
  readonly #random: () => number

  private constructor(target: URL, options: LinkOptions, loses?: Loser) {
    const { kbitPerS, rttMs, seed = 1 } = options
    this.#target = target
    this.#options = options
    this.#loses = loses
    this.#datagrams = new DatagramLink({
      target: () => target,
      delayMs: rttMs / 2,
      join: () => Number.POSITIVE_INFINITY,
      broke: () => {},
      toClient: (bytes) => {
        this.bytesDown += bytes
      },
      loses: ({ length }, to) => to === 'client' && loses?.(length) === true,
    })
    this.#up = kbitPerS ? new TokenBucket(kbitPerS) : undefined
    this.#down = kbitPerS ? new TokenBucket(kbitPerS) : undefined
    this.#random = randomNumbers(seed)
  }

  /**
   * Opens a link to the server at `target`.
   *
   * @param loses asked of each segment and each datagram to a client: whether it
   *   is lost, beside those that are lost at random
   */
  static async to(
    target: URL,
    options: LinkOptions,
    loses?: Loser,
  ): Promise<EmulatedLink> {
    const link = new EmulatedLink(target, options, loses)
    for (let isBoth = false; !isBoth; ) {
      link.#listener.listen(0, '127.0.0.1')
      await once(link.#listener, 'listening')
      isBoth = await link.#datagrams.listen(link.#port)
      // UDP has this number already: another one.
      if (!isBoth) await closing(link.#listener)
    }
    return link
  }

  /** Where clients connect: the target's URL, with the link's own port. */
  get url(): URL {
    const url = new URL(this.#target)
    url.port = String(this.#port)
    return url
  }

  get #port(): number {
    return (this.#listener.address() as AddressInfo).port
  }

  /** Bytes that are on their way. */
  get bytesInside(): number {
    return [...this.#lines].reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Breaks every connection at once; not even TCP says goodbye. */
  cut(): void {
    this.#datagrams.cut()
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    if (!this.#listener.listening) return
    const closed = [this.#listener, ...this.#sockets].map(
      (one) => new Promise((resolve) => one.once('close', resolve)),
    )
    this.#listener.close()
    this.cut()
    await Promise.all([...closed, this.#datagrams.close()])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #join(client: Socket): void {
    const { rttMs } = this.#options
    this.connections++
    const server = new Socket({ allowHalfOpen: true })
    server.setNoDelay()
    const [upLost, downLost] = this.#losses()
    // The system has accepted the client at once, but through this link its
    // SYN and the answer take an RTT: only then would it have sent anything.
    // The server hears of the client half an RTT later.
    const synLost = upLost?.(0) || downLost?.(0)
    const opensAt = performance.now() + rttMs + (synLost ? firstRtoMs : 0)
    const line = { rttMs, opensAt }
    const up = new DelayLine({ ...line, bucket: this.#up, isLost: upLost })
    const down = new DelayLine({
      ...line,
      bucket: this.#down,
      isLost: downLost,
    })
    this.#keep(client, down)
    this.#keep(server, up)

    const { hostname, port } = this.#target
    const host = hostname.replace(/^\[(.*)\]$/, '$1')
    const upwards = new Direction({
      from: client,
      to: server,
      line: up,
      open: () => void server.connect({ host, port: Number(port) }),
      onDelivered: (bytes) => {
        this.bytesUp += bytes
      },
    })
    new Direction({
      from: server,
      to: client,
      line: down,
      onDelivered: (bytes) => {
        this.bytesDown += bytes
      },
    })
    upwards.put('open')
  }

  /** Remembers a socket and the line that leads to it, until it closes. */
  #keep(socket: Socket, line: DelayLine): void {
    this.#sockets.add(socket)
    this.#lines.add(line)
    socket.once('close', () => {
      this.#sockets.delete(socket)
      this.#lines.delete(line)
    })
  }

  /** Each connection has chances of its own, whatever others send meanwhile. */
  #losses(): (Loser | undefined)[] {
    const { lossPercent, by } = this.#options
    if (by !== 'proxy' || lossPercent === 0) return [undefined, this.#loses]
    const [up, down] = [this.#random(), this.#random()].map((seed) => {
      const random = randomNumbers(seed * 2 ** 32)
      return () => random() * 100 < lossPercent
    })
    return [up, (bytes) => this.#loses?.(bytes) === true || down?.() === true]
  }
}

function closing(listener: Server): Promise<void> {
  return new Promise((resolve) => listener.close(() => resolve()))
}
