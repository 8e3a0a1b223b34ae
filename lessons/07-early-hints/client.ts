// Early Hints, client side: one request is held open, each 103 on it says where
// a message is, and the client asks for that.

import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2'

import { parseETag } from '../01-short-polling/etag.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import { ask, breakOff, connected, post } from '../shared/http2-client.ts'
import { idOfPath } from '../shared/message-resources.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { hintsOf } from './hints-of.ts'
import { decodePreloads } from './preload.ts'
import { readResource } from './read-resource.ts'

/** A message that was hinted at: its id is known before its data is here. */
interface Hinted {
  id?: string
  data?: Promise<string>
}

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { heartbeatMs = 15_000 } = options
  const limitMs = 2 * heartbeatMs

  // #region ask-again
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const session = connected(url, options)
    try {
      // An answer hints at so many messages and no more. To ask again only when
      // all of them are taken is what holds the server back.
      for (;;) {
        let hints = 0
        for await (const { id = after, data } of hinted(session, after)) {
          hints++
          after = id
          yield { id, data: await data }
        }
        if (hints === 0)
          throw new ConnectionError(
            'an answer came without a 103: something on the way keeps them',
          )
      }
    } finally {
      breakOff(session)
    }
  }
  // #endregion ask-again

  function hinted(session: ClientHttp2Session, after: string | undefined) {
    const query = after === undefined ? '' : `?after=${after}`
    const held = ask(session, { ':path': `/messages${query}` })
    return hintsOf(url, held, limitMs, take)

    // #region take
    // The client asks as soon as it is told. Answers may end in another order,
    // but are taken in that of the hints.
    function take({ etag, link }: IncomingHttpHeaders): Hinted {
      const [preload] = decodePreloads(link?.toString())
      const id = idOfPath(preload?.path ?? '')
      if (preload === undefined || id === undefined)
        return { id: parseETag(etag) } // Where it starts, or a sign of life.
      const data = readResource(session, new URL(preload.path, url), limitMs)
      data.catch(() => {}) // Whoever waits for it is told.
      return { id, data }
    }
    // #endregion take
  }

  return resuming(connect, (data) => post(url, data, options), options)
}
