// Raw TCP, client side: say where to go on, then read frames.

import net, { type Socket } from 'node:net'
import tls from 'node:tls'

import { WayBack } from '../../../lessons/05-websocket/way-back.ts'
import type { SubscribeOptions, Subscription } from '../../../lessons/lesson.ts'
import { brokenBy } from '../../../lessons/shared/connection-error.ts'
import { trust } from '../../../lessons/shared/http-client.ts'
import { type Arrival, resuming } from '../../../lessons/shared/resuming.ts'
import { decodeFrames, encodeMessage, encodePosition } from './frames.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, ca } = options
  const wayBack = new WayBack<OpenSocket>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const socket = connectTo(url, ca)
    const cut = () => socket.destroy()
    signal?.addEventListener('abort', cut)
    try {
      socket.write(encodePosition(after))
      for await (const arrival of brokenBy(decodeFrames(socket))) {
        // The first is the position: the server listens from then on.
        if (arrival.data === undefined) wayBack.open(new OpenSocket(socket))
        yield arrival
      }
    } finally {
      signal?.removeEventListener('abort', cut)
      socket.destroy()
    }
  }

  async function publish(data: string): Promise<void> {
    const { socket } = await wayBack.ready()
    return new Promise((resolve, reject) => {
      socket.write(encodeMessage({ data }), (error) =>
        error ? reject(error) : resolve(),
      )
    })
  }

  return resuming(connect, publish, options)
}

function connectTo({ protocol, hostname, port }: URL, ca?: string): Socket {
  const address = { host: hostname, port: Number(port), noDelay: true }
  return protocol === 'https:'
    ? tls.connect({ ...address, ...trust(ca) })
    : net.connect(address)
}

/** A socket with the state that a WebSocket has. */
class OpenSocket {
  readonly socket: Socket

  constructor(socket: Socket) {
    this.socket = socket
  }

  get readyState(): number {
    return this.socket.writable ? 1 : 3
  }
}
