// Requests of the Node clients. `node:http` and not `fetch`: in Node 20, fetch
// waits for ever when the peer closes just after it accepted the connection.

import { once } from 'node:events'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import {
  createSecureContext,
  rootCertificates,
  type SecureContext,
} from 'node:tls'

import { SubscribeError, type SubscribeOptions } from '../lesson.ts'
import { alive } from './alive.ts'
import { ConnectionError, connectionError } from './connection-error.ts'
import { refused } from './refused.ts'

/** How long a server may take to begin its answer. */
const answerMs = 10_000

export interface OpenOptions extends RequestOptions {
  /** A certificate (PEM) to trust besides the well-known ones. */
  ca?: string
  /** Sent as the request's body. */
  body?: string
  /** How long the server may take to begin its answer: 10 s. */
  limitMs?: number
}

/**
 * Sends a request and waits for the head of its answer.
 *
 * @throws SubscribeError for a status of 400 and above
 * @throws ConnectionError when there is no answer
 */
export async function open(
  url: URL,
  { body, ca, limitMs = answerMs, ...options }: OpenOptions = {},
): Promise<IncomingMessage> {
  const request =
    url.protocol === 'https:'
      ? https.request(url, { ...options, ...trust(ca) })
      : http.request(url, options)
  const late = setTimeout(() => {
    request.destroy(new ConnectionError(`no answer within ${limitMs} ms`))
  }, limitMs)
  request.on('error', () => {}) // The response, or `once`, reports it too.
  request.end(body)
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    if ((response.statusCode ?? 0) < 400) return response
    throw await refusal(url, response)
  } catch (error) {
    throw error instanceof SubscribeError ? error : connectionError(error)
  } finally {
    clearTimeout(late)
  }
}

/** What an answer with a status of 400 and above says. */
export async function refusal(
  url: URL,
  response: IncomingMessage,
): Promise<SubscribeError> {
  const { statusCode = 0, headers } = response
  const reason = await text(response)
  return refused(url, statusCode, reason, (name) => headers[name]?.toString())
}

/** The body of an answer, as chunks that come within two heartbeats. */
export function body(
  response: IncomingMessage,
  heartbeatMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  return alive(response, 2 * heartbeatMs, () => response.destroy())
}

/** Publishes one message with POST. @throws SubscribeError, ConnectionError */
export async function post(
  url: URL,
  data: string,
  { signal, ca }: SubscribeOptions,
): Promise<void> {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  const options = { method: 'POST', headers, body: data, signal, ca }
  const response = await open(url, { ...options, agent: false })
  response.resume()
}

/** Keeps a connection for the next request. Destroy it when there is none. */
export function reusingAgent(url: URL): http.Agent {
  const module = url.protocol === 'https:' ? https : http
  return new module.Agent({ keepAlive: true })
}

let last: { ca: string; secureContext: SecureContext } | undefined

/** TLS options that trust `ca` as well. */
export function trust(ca: string | undefined) {
  if (ca === undefined) return {}
  // To read all certificates takes longer than a handshake: not for each.
  if (last?.ca !== ca) {
    const all = [...rootCertificates, ca]
    last = { ca, secureContext: createSecureContext({ ca: all }) }
  }
  return { secureContext: last.secureContext }
}
