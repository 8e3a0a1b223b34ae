// A link between client and server: a TCP proxy on loopback that takes its
// time, has a width, and stalls as if segments were lost.

import { once } from 'node:events'
import { type AddressInfo, createServer, Socket } from 'node:net'

import { randomNumbers } from '../../lessons/requirements/random.ts'
import { DelayLine } from './delay-line.ts'
import { Direction } from './direction.ts'
import type { LinkOptions } from './link-options.ts'
import { TokenBucket } from './token-bucket.ts'

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

  private constructor(target: URL, options: LinkOptions) {
    const { kbitPerS, seed = 1 } = options
    this.#target = target
    this.#options = options
    this.#up = kbitPerS ? new TokenBucket(kbitPerS) : undefined
    this.#down = kbitPerS ? new TokenBucket(kbitPerS) : undefined
    this.#random = randomNumbers(seed)
  }

  /** Opens a link to the server at `target`. */
  static async to(target: URL, options: LinkOptions): Promise<EmulatedLink> {
    const link = new EmulatedLink(target, options)
    link.#listener.listen(0, '127.0.0.1')
    await once(link.#listener, 'listening')
    return link
  }

  /** Where clients connect: the target's URL, with the link's own port. */
  get url(): URL {
    const url = new URL(this.#target)
    url.port = String((this.#listener.address() as AddressInfo).port)
    return url
  }

  /** Bytes that are on their way. */
  get bytesInside(): number {
    return [...this.#lines].reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Breaks every connection at once; not even TCP says goodbye. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    if (!this.#listener.listening) return
    const closed = [this.#listener, ...this.#sockets].map(
      (one) => new Promise((resolve) => one.once('close', resolve)),
    )
    this.#listener.close()
    this.cut()
    await Promise.all(closed)
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
    const synLost = upLost?.() || downLost?.()
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
  #losses(): ((() => boolean) | undefined)[] {
    const { lossPercent, by } = this.#options
    if (by !== 'proxy' || lossPercent === 0) return []
    return [this.#random(), this.#random()].map((seed) => {
      const random = randomNumbers(seed * 2 ** 32)
      return () => random() * 100 < lossPercent
    })
  }
}
