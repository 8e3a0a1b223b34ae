import type { Feed } from '../feed.ts'
import type { ServeOptions } from '../lesson.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf, type Routes } from '../shared/router.ts'
import { certificateHash } from './certificate-hash.ts'
import type { CertificateAnswer } from './messages.ts'

/** What plain HTTP answers beside the page: how to get to the sessions, and why not over TCP. */
export function tcpRoutes(feed: Feed, { certificate }: ServeOptions): Routes {
  return {
    'GET /certificate'(_, response) {
      const hash = certificateHash(certificate?.cert ?? '')
      const answer: CertificateAnswer = { sha256: hash.toString('hex') }
      response.setHeader('content-type', 'application/json')
      response.setHeader('cache-control', 'no-store')
      response.end(`${JSON.stringify(answer)}\n`)
    },

    'GET /messages'(request) {
      feed.locate(afterOf(request))
      throw new Refusal(
        421,
        'The messages are not here, but on UDP: open a WebTransport session at this address with https://.',
      )
    },
  }
}
