// Answers over HTTP/3: that a session is open, or why not.

import type { OutgoingHttpHeaders } from 'node:http'

import { Refusal } from '../shared/refusal.ts'
import { codes } from './http3/errors.ts'
import { encodeFrame, frameTypes } from './http3/frames.ts'
import type { Exchange } from './http3/http3-connection.ts'
import { encodeFields, type Field } from './http3/qpack.ts'

/** "200 OK": the session is open. */
export function accept({ stream, headers }: Exchange): void {
  const fields: Field[] = [[':status', '200']]
  // Draft 02 had versions, and a server says which one it takes.
  if (headers['sec-webtransport-http3-draft02'] === '1')
    fields.push(['sec-webtransport-http3-draft', 'draft02'])
  stream.write(encodeFrame(frameTypes.HEADERS, encodeFields(fields)))
}

/** Answers with a status and a sentence. @throws what is no Refusal */
export function refuse({ stream, body }: Exchange, error: unknown): void {
  if (!(error instanceof Refusal)) throw error
  const { status, headers, message } = error
  const all: OutgoingHttpHeaders = {
    ':status': String(status),
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const fields = Object.entries(all) as [string, string][]
  stream.write(encodeFrame(frameTypes.HEADERS, encodeFields(fields)))
  stream.end(encodeFrame(frameTypes.DATA, Buffer.from(`${message}\n`)))
  // "A server can abort reading a request stream without error": RFC 9114,
  // section 4.1.
  stream.once('finish', () => stream.abandon(codes.H3_NO_ERROR))
  body.destroy()
}
