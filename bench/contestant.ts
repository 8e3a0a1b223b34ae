// Who takes part: everything that carries a feed the way a lesson does, and
// those that a scenario brings.

import type { Lesson } from '../lessons/lesson.ts'
import type { ContestantFacts } from './result.ts'

/** Who can be asked a question, of whatever kind. */
export interface Entrant extends ContestantFacts {
  /** What it cannot do, with the reason: those scenarios leave it out. */
  readonly lacks?: Partial<Record<Ability, string>>
  /** For A/A runs: it is the contestant of this id, under another name. */
  readonly sameAs?: string
  /** What this machine lacks for it, as a sentence. */
  missing?(): string | undefined
}

/** What a file in `contestants/` exports; its name is the contestant's id. */
export interface Contestant
  extends Pick<Lesson, 'serve' | 'subscribe' | 'certified'>,
    Omit<Entrant, 'id' | 'sameAs'> {
  /** How a bare connection subscribes; absent: an HTTP/1.1 request that may become a WebSocket. */
  readonly lean?: LeanProtocol
}

/**
 * `resume`: go on after a cursor. `publish`: carry messages back. `tls`: speak
 * TLS. `plain`: do without. `link`: be led over the link, which carries TCP.
 */
export type Ability = 'resume' | 'publish' | 'tls' | 'plain' | 'link'

/** The bytes that a bare connection sends until messages come. */
export interface LeanProtocol {
  /** Sent when the connection is there. */
  readonly hello: (host: string) => string | Uint8Array
  /**
   * Reads what has come so far. `true`: subscribed. Bytes: to be sent on.
   * `undefined`: more has to come.
   *
   * @throws Error when the server will not send messages
   */
  readonly greeted: (received: Buffer) => true | Uint8Array | undefined
}

export interface NamedContestant extends Contestant, Entrant {
  readonly id: string
}

export function carriesFeed(one: Entrant): one is NamedContestant {
  return 'subscribe' in one
}
