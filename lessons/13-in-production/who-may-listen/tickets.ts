// A ticket is for one door, once, and soon: what a URL may hold, because whoever
// finds it in a log comes too late.

import { randomBytes } from 'node:crypto'

import { type Claims, unauthorized } from './token.ts'

/** How long it is good. */
const validMs = 30_000

export class Tickets {
  readonly #issued = new Map<string, { claims: Claims; untilMs: number }>()

  /** How many are out: those that nobody used are forgotten with the next one. */
  get count(): number {
    return this.#issued.size
  }

  // #region tickets
  /** For somebody who has just said who they are, by a request with a header or a cookie. */
  issue(claims: Claims, nowMs: number): string {
    for (const [ticket, { untilMs }] of this.#issued)
      if (untilMs <= nowMs) this.#issued.delete(ticket)
    const ticket = randomBytes(16).toString('base64url')
    this.#issued.set(ticket, { claims, untilMs: nowMs + validMs })
    return ticket
  }

  /** @throws Refusal (401) when there is no such ticket, or not any more */
  redeem(ticket: string, nowMs: number): Claims {
    const issued = this.#issued.get(ticket)
    this.#issued.delete(ticket)
    if (issued === undefined || issued.untilMs <= nowMs)
      throw unauthorized('The ticket was used, or is too old.')
    return issued.claims
  }
  // #endregion tickets
}
