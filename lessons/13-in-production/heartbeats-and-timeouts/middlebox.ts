// What stands between a client and a server, and keeps a table of connections:
// a NAT, a firewall, a load balancer. Its table is not endless, so whoever is
// idle for too long is forgotten.

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface MiddleboxOptions {
  /** Where the connections go. */
  readonly to: URL
  /** How long a connection may carry nothing. */
  readonly forgetsAfterMs: number
  /** Whether it resets a forgotten connection that is used again; else it says nothing. */
  readonly resets?: boolean
}

export interface Middlebox extends AsyncDisposable {
  readonly url: URL
  /** How many connections go through it now, both ends of them. */
  readonly open: number
  /** How many it has forgotten. */
  readonly forgotten: number
}

export async function startMiddlebox(
  options: MiddleboxOptions,
): Promise<Middlebox> {
  const { to, forgetsAfterMs, resets = false } = options
  const sockets = new Set<Socket>()
  let open = 0
  let forgotten = 0

  const server = createServer((client) => {
    open++
    const peer = connect(Number(to.port), to.hostname)
    const both = [client, peer] as const

    // #region forget
    let isKnown = true
    const forget = setTimeout(() => {
      isKnown = false
      forgotten++
      open--
    }, forgetsAfterMs)
    const ended = () => {
      if (!isKnown) return
      isKnown = false
      clearTimeout(forget)
      open--
      for (const one of both) one.destroy()
    }

    const pass = (from: Socket, onto: Socket) => {
      from.on('data', (chunk) => {
        if (isKnown) {
          forget.refresh()
          onto.write(chunk)
        } else if (resets) for (const one of both) one.resetAndDestroy()
        // Else it is gone, and nobody is told: not who sent it, nor who waits.
      })
      // Nor does anybody hear of an end that comes when all is forgotten.
      from.on('end', () => isKnown && onto.end())
      from.on('close', ended)
    }
    pass(client, peer)
    pass(peer, client)
    // #endregion forget

    for (const socket of both) {
      sockets.add(socket)
      socket.on('error', () => {}) // 'close' follows.
      socket.once('close', () => sockets.delete(socket))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    get open() {
      return open
    },
    get forgotten() {
      return forgotten
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
