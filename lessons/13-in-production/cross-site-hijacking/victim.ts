// A server that knows its users by a cookie, and a site that is not its own.

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import http, { type IncomingMessage, ServerResponse } from 'node:http'

import webSocket from '../../05-websocket/index.ts'
import type { Feed } from '../../feed.ts'
import type { LessonServer } from '../../lesson.ts'
import { endOnClose } from '../../shared/closing.ts'
import { Refusal } from '../../shared/refusal.ts'
import { pathOf } from '../../shared/router.ts'
import { inFront } from '../in-front.ts'
import { cookie } from '../who-may-listen/credentials.ts'
import { unauthorized } from '../who-may-listen/token.ts'

/** Whoever opens its page has logged in, and gets the cookie. */
export function serveVictim(
  feed: Feed,
  { checksOrigin }: { checksOrigin: boolean },
): LessonServer {
  const session = randomBytes(16).toString('base64url')
  return inFront(webSocket.serve(feed), (request, answer) => {
    if (pathOf(request) !== '/messages') return login(answer)
    if (cookie(request) !== session)
      throw unauthorized('This is for those who have logged in.')
    if (checksOrigin) refuseOtherOrigins(request)
  })

  function login(answer: unknown): void {
    if (answer instanceof ServerResponse)
      answer.setHeader(
        'set-cookie',
        `session=${session}; HttpOnly; SameSite=Strict; Path=/`,
      )
  }
}

// #region origin
/**
 * A browser always says from which page a WebSocket is opened. Programs say
 * nothing, or what they like: they have no cookie of somebody else.
 * https://www.rfc-editor.org/rfc/rfc6455.html#section-10.2
 *
 * @throws Refusal (403)
 */
export function refuseOtherOrigins({ headers }: IncomingMessage): void {
  const { origin, host } = headers
  if (origin === undefined || origin === `http://${host}`) return
  throw new Refusal(403, `Only pages of http://${host}, got ${origin}.`)
}
// #endregion origin

/** A site elsewhere, whose page asks for what is the victim's. */
export async function serveAttacker(): Promise<LessonServer> {
  const page = await readFile(new URL('attack.html', import.meta.url))
  const server = http.createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page)
  })
  // Browsers open connections on which they ask for nothing yet.
  endOnClose(server, () => server.closeAllConnections())
  return server
}
