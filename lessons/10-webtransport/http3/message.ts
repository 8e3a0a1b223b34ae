// What the header fields of a request and of an answer must be.
// https://www.rfc-editor.org/rfc/rfc9114.html#section-4.3

import { Http3StreamError } from './errors.ts'
import type { Field } from './qpack.ts'

/** Fields by name; one that comes more than once as a list. */
export type Headers = Readonly<Record<string, string>>

/** "HTTP/3 does not use the Connection header field": section 4.2. */
const ofConnections = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]

const ofRequests = [':method', ':scheme', ':authority', ':path', ':protocol']

/** @throws Http3StreamError H3_MESSAGE_ERROR when it is malformed */
export function requestHeaders(fields: readonly Field[]): Headers {
  const headers = collect(fields, ofRequests)
  const { ':method': method, ':protocol': protocol } = headers
  if (method === undefined) throw malformed(':method is missing')
  if (protocol !== undefined && method !== 'CONNECT')
    throw malformed(`:protocol is for CONNECT, got ${method}`)
  // Plain CONNECT has no path; with :protocol it has (RFC 9220, section 3).
  const isTunnel = method === 'CONNECT' && protocol === undefined
  const needed = isTunnel ? [':authority'] : [':scheme', ':path']
  for (const name of needed)
    if (!headers[name]) throw malformed(`${name} is missing`)
  return headers
}

/** @throws Http3StreamError H3_MESSAGE_ERROR when it is malformed */
export function answerHeaders(fields: readonly Field[]): Headers {
  const headers = collect(fields, [':status'])
  if (!/^[1-9]\d\d$/.test(headers[':status'] ?? ''))
    throw malformed(`:status must be of three digits`)
  return headers
}

function collect(fields: readonly Field[], pseudo: readonly string[]): Headers {
  const headers: Record<string, string> = Object.create(null)
  let isAfterOthers = false
  for (const [name, value] of fields) {
    const isPseudo = name.startsWith(':')
    const known = headers[name]
    if (name === '' || /[^!-9;-~]|[A-Z]/.test(isPseudo ? name.slice(1) : name))
      throw malformed(`"${name}" is no name of a field`)
    if (/[\0\r\n]/.test(value)) throw malformed(`${name} has a line break`)
    if (isPseudo && (isAfterOthers || known || !pseudo.includes(name)))
      throw malformed(`${name} has no place here`)
    if (ofConnections.includes(name) || (name === 'te' && value !== 'trailers'))
      throw malformed(`${name} is of HTTP/1.1`)
    isAfterOthers ||= !isPseudo
    headers[name] =
      known === undefined
        ? value
        : `${known}${name === 'cookie' ? '; ' : ', '}${value}`
  }
  return headers
}

function malformed(why: string): Http3StreamError {
  return new Http3StreamError('H3_MESSAGE_ERROR', why)
}
