// Publishing on the connection that a subscription holds open. Runs in Node and
// in browsers.

import { ConnectionError } from '../shared/connection-error.ts'

/** How long a message waits for a connection. */
const patienceMs = 10_000

/** The connection that is open, or the next one that will be. */
export class WayBack<Socket extends { readonly readyState: number }> {
  #socket: Socket | undefined
  #waiting = new Set<(socket: Socket) => void>()

  open(socket: Socket): void {
    this.#socket = socket
    for (const goOn of this.#waiting) goOn(socket)
    this.#waiting.clear()
  }

  /** @throws ConnectionError when there is none for 10 s */
  ready(): Promise<Socket> {
    // 1 is OPEN: https://websockets.spec.whatwg.org/#dom-websocket-readystate
    const socket = this.#socket
    if (socket?.readyState === 1) return Promise.resolve(socket)
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(goOn)
        reject(
          new ConnectionError(
            'no WebSocket is open to publish on: one is while the subscription is read',
          ),
        )
      }, patienceMs)
      const goOn = (open: Socket) => {
        clearTimeout(late)
        resolve(open)
      }
      this.#waiting.add(goOn)
    })
  }
}
