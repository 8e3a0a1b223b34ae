import type { EventEmitter } from 'node:events'

/**
 * Everybody whom a server is serving. Each has a signal that aborts when it
 * leaves or when the server closes: the one thing that ends its loops, timers
 * and listeners.
 */
export class Subscribers {
  readonly #controllers = new Set<AbortController>()
  #closing = false

  /** A server that closes takes no new subscribers. */
  get closing(): boolean {
    return this.#closing
  }

  /** The signal for a subscriber behind `connection`, anything with an event 'close'. */
  add(connection: EventEmitter): AbortSignal {
    const controller = new AbortController()
    this.#controllers.add(controller)
    connection.once('close', () => {
      this.#controllers.delete(controller)
      controller.abort()
    })
    if (this.#closing) controller.abort()
    return controller.signal
  }

  // #region end
  /** @param overMs how long the last one has: they all come back to somewhere */
  endAll(overMs = 0): void {
    this.#closing = true
    const all = [...this.#controllers]
    for (const [n, controller] of all.entries()) {
      const afterMs = (overMs * n) / all.length
      if (afterMs === 0) controller.abort()
      // Who has left before its turn keeps no process waiting: `unref`.
      else setTimeout(() => controller.abort(), afterMs).unref()
    }
  }
  // #endregion end
}
