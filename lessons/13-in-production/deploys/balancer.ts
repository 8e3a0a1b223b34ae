// One address before several nodes: each connection goes to the next node that
// is ready.

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Node {
  readonly url: URL
  /** Whether it takes new connections. Those that it has stay. */
  isReady: boolean
}

export interface Balancer extends AsyncDisposable {
  readonly url: URL
  /** Changed from outside: a node that restarts is another one. */
  readonly nodes: Node[]
  /** How many connections each has now. */
  count(node: Node): number
}

export async function startBalancer(
  nodes: Node[],
  protocol: string,
): Promise<Balancer> {
  const pairs = new Map<Socket, Node>()
  let turn = 0

  const server = createServer((client) => {
    client.on('error', () => {}) // 'close' follows.
    // #region next
    const ready = nodes.filter(({ isReady }) => isReady)
    const node = ready[turn++ % ready.length]
    // Nobody is there: the client comes back, as from any broken connection.
    if (node === undefined) return client.destroy()
    // #endregion next
    const peer = connect(Number(node.url.port), node.url.hostname)
    pairs.set(client, node)
    peer.on('error', () => {})
    client.pipe(peer).pipe(client)
    peer.on('close', () => client.destroy())
    client.on('close', () => {
      pairs.delete(client)
      peer.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: new URL(`${protocol}//127.0.0.1:${port}/`),
    nodes,
    count: (node) => [...pairs.values()].filter((one) => one === node).length,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const client of pairs.keys()) client.destroy()
      await closed
    },
  }
}
