// Where a page gets the ticket that it puts into a URL.

import { ServerResponse } from 'node:http'

import type { LessonServer } from '../../lesson.ts'
import { pathOf } from '../../shared/router.ts'
import { inFront } from '../in-front.ts'
import { header } from './credentials.ts'
import type { Tickets } from './tickets.ts'
import { verify } from './token.ts'

/** What the server knows. */
export interface Keeper {
  /** Of the tokens' signatures. */
  readonly key: string
  readonly tickets: Tickets
  nowMs(): number
}

// #region office
/** `POST /tickets`: one for who has a token, by a request that can carry it. */
export function withTicketOffice(
  server: LessonServer,
  { key, tickets, nowMs }: Keeper,
): LessonServer {
  return inFront(server, (request, answer) => {
    if (!(answer instanceof ServerResponse)) return
    if (request.method !== 'POST' || pathOf(request) !== '/tickets') return
    const claims = verify(header(request) ?? '', key, nowMs())
    answer.setHeader('content-type', 'application/json')
    answer.setHeader('cache-control', 'no-store')
    answer.end(JSON.stringify({ ticket: tickets.issue(claims, nowMs()) }))
  })
}
// #endregion office
