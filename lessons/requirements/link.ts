// The way between client and server, as a part that can fail: a proxy on
// loopback that the checks cut, freeze and lead elsewhere. It carries TCP, and
// UDP on the same port number.

import { once } from 'node:events'
import {
  type AddressInfo,
  connect,
  createServer,
  type Server,
  type Socket,
} from 'node:net'

import { DatagramLink } from './datagram-link.ts'

import { currentRecording, type RecordedConnection } from './wire.ts'

/** One connection through the link. */
interface Pair {
  readonly client: Socket
  readonly server: Socket
  frozen: boolean
  /** Whether the client has sent anything. */
  asked: boolean
  /** How many more bytes reach the client before the connection is cut. */
  bytesLeft: number
  readonly recorded: RecordedConnection | undefined
}

export class Link implements AsyncDisposable {
  /** How many connections clients have made. */
  connections = 0
  /** How many of them were cut after so many bytes. */
  broken = 0
  /** How many bytes have gone to clients. */
  bytesToClients = 0
  /** How many bytes reach the client of the nth connection, counted from 1, before it is cut. */
  bytesUntilCut: (n: number) => number = () => Infinity

  /** Whether a datagram is lost on its way. */
  loses: (datagram: Buffer, to: 'client' | 'server') => boolean = () => false

  readonly #listener = createServer((client) => this.#join(client))
  readonly #datagrams = new DatagramLink({
    target: () => this.#target,
    join: () => this.bytesUntilCut(++this.connections),
    broke: () => {
      this.broken++
    },
    toClient: (bytes) => {
      this.bytesToClients += bytes
    },
    loses: (datagram, to) => this.loses(datagram, to),
  })
  readonly #pairs = new Set<Pair>()
  readonly #recording = currentRecording()
  #target: URL

  private constructor(target: URL) {
    this.#target = target
  }

  /** Opens a link to the server at `target`. */
  static async to(target: URL): Promise<Link> {
    const link = new Link(target)
    for (let isBoth = false; !isBoth; ) {
      link.#listener.listen(0, '127.0.0.1')
      await once(link.#listener, 'listening')
      isBoth = await link.#datagrams.listen(link.#port)
      // UDP has this number already: another one.
      if (!isBoth) await closed(link.#listener)
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

  /** Whether every client here has sent something: before that, a server knows of no subscriber. */
  get allHaveAsked(): boolean {
    return [...this.#pairs].every(({ asked }) => asked)
  }

  /** New connections go to the server at `target`. */
  leadTo(target: URL): void {
    this.#target = target
  }

  /** Breaks every connection at once, without a goodbye. Of TCP both sides are told; over UDP nobody is. */
  cut(): void {
    this.#datagrams.cut()
    for (const { client, server, recorded } of this.#pairs) {
      recorded?.add('cut')
      client.destroy()
      server.destroy()
    }
  }

  /** The connections there are carry nothing any more, not even their end: each side is a dead peer to the other. */
  freeze(): void {
    this.#datagrams.freeze()
    for (const pair of this.#pairs) {
      pair.recorded?.add('frozen')
      pair.frozen = true
      pair.client.pause()
      pair.server.pause()
    }
  }

  /** Carries on what was frozen. */
  thaw(): void {
    this.#datagrams.thaw()
    for (const pair of this.#pairs) {
      const { client, server, recorded } = pair
      recorded?.add('thawed')
      pair.frozen = false
      client.resume()
      server.resume()
      if (client.readableEnded) server.end()
      if (server.readableEnded) client.end()
    }
  }

  async close(): Promise<void> {
    if (!this.#listener.listening) return
    const ended = closed(this.#listener)
    this.#datagrams.cut()
    // The end of a check is no cut that its recording should tell.
    for (const { client, server } of this.#pairs) {
      client.destroy()
      server.destroy()
    }
    await Promise.all([ended, this.#datagrams.close()])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #join(client: Socket): void {
    const { hostname, port } = this.#target
    const bytesLeft = this.bytesUntilCut(++this.connections)
    if (bytesLeft <= 0) {
      this.broken++
      client.destroy()
      return
    }
    const server = connect({ host: hostname, port: Number(port) })
    const recorded = this.#recording?.open()
    const pair = {
      client,
      server,
      frozen: false,
      asked: false,
      bytesLeft,
      recorded,
    }
    this.#pairs.add(pair)
    client.setNoDelay()
    server.setNoDelay()

    client.on('data', (chunk) => {
      pair.asked = true
      recorded?.add('client', chunk)
      carry(chunk, pair, client, server)
    })
    server.on('data', (chunk) => {
      this.bytesToClients += chunk.length
      if (chunk.length < pair.bytesLeft) {
        pair.bytesLeft -= chunk.length
        recorded?.add('server', chunk)
        return carry(chunk, pair, server, client)
      }
      const cut = () => {
        client.destroy()
        server.destroy()
      }
      if (pair.bytesLeft > 0) this.broken++
      const last = chunk.subarray(0, pair.bytesLeft)
      recorded?.add('server', last)
      recorded?.add('cut')
      client.write(last, cut)
      pair.bytesLeft = 0
    })
    for (const [from, to, ended] of [
      [client, server, 'client ended'],
      [server, client, 'server ended'],
    ] as const) {
      from.on('error', () => {}) // 'close' follows.
      // A socket that is paused still tells its end.
      from.on('end', () => {
        recorded?.add(ended)
        if (!pair.frozen) to.end()
      })
      from.on('close', () => {
        // Nothing is heard of a dead peer, not even that it is gone.
        if (!pair.frozen) to.destroy()
        if (client.destroyed && server.destroyed) this.#pairs.delete(pair)
      })
    }
  }
}

async function closed(listener: Server): Promise<void> {
  const event = once(listener, 'close')
  listener.close()
  await event
}

/** Passes a chunk on, and stops reading while the other side has no room. */
function carry(chunk: Buffer, pair: Pair, from: Socket, to: Socket): void {
  if (to.write(chunk)) return
  from.pause()
  to.once('drain', () => {
    if (!pair.frozen) from.resume()
  })
}
