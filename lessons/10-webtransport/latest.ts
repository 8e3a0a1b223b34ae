// Publishing goes over the session that a subscription holds open. Runs in Node
// and in browsers.

import { ConnectionError } from '../shared/connection-error.ts'

/** How long a message waits for a session. */
const patienceMs = 10_000

/** The session that is open, or the next one that will be. */
export class Latest<Session> {
  #session: Session | undefined
  readonly #waiting = new Set<(session: Session) => void>()

  open(session: Session): void {
    this.#session = session
    for (const goOn of this.#waiting) goOn(session)
    this.#waiting.clear()
  }

  close(): void {
    this.#session = undefined
  }

  /** @throws ConnectionError when there is none for 10 s */
  ready(): Promise<Session> {
    if (this.#session !== undefined) return Promise.resolve(this.#session)
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(goOn)
        const why =
          'no session is open to publish on: one is while the subscription is read'
        reject(new ConnectionError(why))
      }, patienceMs)
      const goOn = (session: Session) => {
        clearTimeout(late)
        resolve(session)
      }
      this.#waiting.add(goOn)
    })
  }
}
