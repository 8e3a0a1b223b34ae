// The clients of a storm, and what they did.

import http from 'node:http'

import { every } from '../../shared/every.ts'

export interface HalfSecond {
  readonly attempts: number
  /** At its end. */
  readonly subscribed: number
}

export class Crowd {
  readonly halfSeconds: HalfSecond[] = []
  attempts = 0
  /** Attempts that waited too long. */
  givenUp = 0
  /** Attempts that were answered 503. */
  refused = 0
  /** How many are subscribed now. */
  subscribed = 0
  readonly #messages: URL
  readonly #patienceMs: number

  /** @param patienceMs how long one waits for its first event */
  constructor(url: URL, patienceMs: number) {
    this.#messages = new URL('/messages', url)
    this.#patienceMs = patienceMs
  }

  /** Counts from now on. */
  begin(signal: AbortSignal): void {
    this.attempts = this.givenUp = this.refused = 0
    let told = 0
    every(500, signal, () => {
      const { attempts, subscribed } = this
      this.halfSeconds.push({ attempts: attempts - told, subscribed })
      told = attempts
    })
  }

  /** Resolves when the connection has ended, with whether it was subscribed, or with when to come back. */
  attempt(
    signal: AbortSignal,
  ): Promise<{ wasIn: boolean; toldMs: number | undefined }> {
    return new Promise((resolve) => {
      let wasIn = false
      let toldMs: number | undefined
      this.attempts++
      const request = http.get(this.#messages, { agent: false }, (response) => {
        response.on('error', () => {}) // 'close' follows.
        response.resume()
        const { 'retry-after': seconds } = response.headers
        if (seconds !== undefined) {
          this.refused++
          toldMs = Number(seconds) * 1_000
          clearTimeout(late)
        }
        response.once('data', () => {
          if (toldMs !== undefined) return
          clearTimeout(late)
          wasIn = true
          this.subscribed++
        })
      })
      const leave = () => request.destroy()
      const late = setTimeout(() => {
        this.givenUp++
        leave()
      }, this.#patienceMs)
      signal.addEventListener('abort', leave)
      request.on('error', () => {}) // 'close' follows.
      request.on('close', () => {
        clearTimeout(late)
        signal.removeEventListener('abort', leave)
        if (wasIn) this.subscribed--
        resolve({ wasIn, toldMs })
      })
    })
  }
}
