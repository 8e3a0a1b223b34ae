// One port number twice: TCP for plain HTTP, UDP for QUIC. To whoever starts,
// counts and closes servers it is one.

import { lookup } from 'node:dns/promises'
import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { LessonServer } from '../lesson.ts'
import type { QuicServer } from './quic/quic-server.ts'

/** How often to look for a number that is free for both. */
const tries = 20

/** How long clients may take to leave after they were told to. */
const graceMs = 2_000

/**
 * @param endAll tells all clients of QUIC to leave
 */
export function tcpAndUdp(
  tcp: Server,
  quic: QuicServer,
  endAll: () => void,
): LessonServer {
  return new TcpAndUdp(tcp, quic, endAll) as unknown as LessonServer
}

class TcpAndUdp extends EventEmitter {
  readonly #tcp: Server
  readonly #quic: QuicServer
  readonly #endAll: () => void

  constructor(tcp: Server, quic: QuicServer, endAll: () => void) {
    super()
    this.#tcp = tcp
    this.#quic = quic
    this.#endAll = endAll
    tcp.on('connection', (socket) => this.emit('connection', socket))
    quic.on('connection', (connection) => this.emit('connection', connection))
    quic.on('error', (error) => this.emit('error', error))
  }

  get listening(): boolean {
    return this.#tcp.listening
  }

  address(): AddressInfo | string | null {
    return this.#tcp.address()
  }

  getConnections(tell: (error: Error | null, count: number) => void): void {
    this.#tcp.getConnections((error, count) =>
      tell(error, count + this.#quic.connections.size),
    )
  }

  listen(port: number, host: string): this {
    this.#listen(port, host).then(
      () => this.emit('listening'),
      (error) => this.emit('error', error),
    )
    return this
  }

  async #listen(port: number, host: string): Promise<void> {
    const { address } = await lookup(host)
    for (let n = 1; ; n++) {
      await this.#quic.listen(port, address)
      try {
        this.#tcp.listen(this.#quic.port, address)
        await once(this.#tcp, 'listening')
        return
      } catch (error) {
        await this.#quic.stop()
        const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
        // UDP had it, TCP had not: another number may do.
        if (port !== 0 || !isTaken || n === tries) throw error
      }
    }
  }

  close(callback?: (error?: Error) => void): this {
    const closed = new Promise<Error | undefined>((resolve) =>
      this.#tcp.close(resolve),
    )
    this.#quic.refuseNew()
    this.#endAll()
    this.#left().then(async () => {
      await this.#quic.close()
      const error = await closed
      this.emit('close')
      callback?.(error)
    })
    return this
  }

  /** Resolves when all clients of QUIC have left, or have had the time. */
  async #left(): Promise<void> {
    const late = AbortSignal.timeout(graceMs)
    const leaving = [...this.#quic.connections].map((connection) =>
      once(connection, 'close', { signal: late }),
    )
    await Promise.allSettled(leaving)
  }
}
