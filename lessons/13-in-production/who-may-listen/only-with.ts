// A lesson's server for those who say who they are, for as long as that is true.

import { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import type { LessonServer } from '../../lesson.ts'
import { pathOf } from '../../shared/router.ts'
import { inFront } from '../in-front.ts'
import type { CredentialOf } from './credentials.ts'
import { type Claims, unauthorized } from './token.ts'

/** @param check throws a Refusal (401) for what is not good, or not any more */
// #region only-with
export function onlyWith(
  server: LessonServer,
  credentialOf: CredentialOf,
  check: (credential: string) => Claims,
): LessonServer {
  return inFront(server, (request, answer) => {
    // The page is for everybody, and so is the way to log in.
    if (pathOf(request) !== '/messages') return
    const credential = credentialOf(request)
    if (credential === undefined)
      throw unauthorized('This is for those who have logged in.')
    endAt(check(credential).expiresMs, answer)
  })
}

/** A token is looked at once; the stream that it opened may outlive it by days. */
export function endAt(
  expiresMs: number,
  answer: ServerResponse | Duplex,
): void {
  const leftMs = Math.min(expiresMs - Date.now(), longestMs)
  const timer = setTimeout(() => {
    if (answer instanceof ServerResponse) answer.end()
    else answer.end(closeFrame(expired))
  }, leftMs)
  answer.once('close', () => clearTimeout(timer))
}
// #endregion only-with

/** 24.8 days. A timer for longer than that goes off at once. */
const longestMs = 2 ** 31 - 1

/** Codes from 4000 on are an application's own: this one is 401, for a WebSocket. */
export const expired = 4401

/** https://www.rfc-editor.org/rfc/rfc6455.html#section-5.5.1 */
function closeFrame(code: number): Buffer {
  const frame = Buffer.from([0x88, 2, 0, 0])
  frame.writeUInt16BE(code, 2)
  return frame
}
