// Requests of the browser clients.

import { SubscribeError, type SubscribeOptions } from '../lesson.ts'
import { alive, beforeDeadline } from './alive.ts'
import { ConnectionError, connectionError } from './connection-error.ts'
import { refused } from './refused.ts'

/** How long a server may take to begin its answer. */
const answerMs = 10_000

/**
 * Sends a request and waits for the head of its answer.
 *
 * @throws SubscribeError for a status of 400 and above
 * @throws ConnectionError when there is no answer
 */
export async function fetchOpen(
  url: URL,
  init: RequestInit = {},
  limitMs = answerMs,
): Promise<Response> {
  const cut = new AbortController()
  const signal = AbortSignal.any([cut.signal, init.signal ?? cut.signal])
  try {
    return await beforeDeadline(ask(url, { ...init, signal }), limitMs)
  } catch (error) {
    cut.abort()
    // `fetch` reports a broken connection as a TypeError.
    throw error instanceof TypeError ? connectionError(error) : error
  }
}

async function ask(url: URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { cache: 'no-store', ...init })
  if (response.status < 400) return response
  const reason = await response.text()
  // When plain HTTP breaks within the headers, Chromium takes those it has.
  if (reason === '' && !response.headers.has('content-length'))
    throw new ConnectionError(`${url} broke off while it refused`)
  throw refused(url, response.status, reason, (name) =>
    response.headers.get(name),
  )
}

/** The body of an answer, as chunks that come within two heartbeats. */
export function chunks(
  response: Response,
  heartbeatMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader()
  async function* read() {
    while (reader !== undefined) {
      const { value, done } = await reader.read()
      if (done) return
      yield value
    }
  }
  return alive(read(), 2 * heartbeatMs, () => {
    reader?.cancel().catch(() => {}) // Broken already: nothing left to cancel.
  })
}

/** The whole body of an answer. A byte order mark at its start is data. */
export async function text(
  response: Response,
  heartbeatMs: number,
): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let content = ''
  for await (const chunk of chunks(response, heartbeatMs))
    content += decoder.decode(chunk, { stream: true })
  return content + decoder.decode()
}

/** Publishes one message with POST. @throws SubscribeError, ConnectionError */
export async function post(
  url: URL,
  data: string,
  { signal }: SubscribeOptions,
): Promise<void> {
  const response = await fetchOpen(url, { method: 'POST', body: data, signal })
  response.body?.cancel().catch(() => {}) // It is published, come what may.
}

/**
 * Why the server refused: EventSource and WebSocket keep its answer from the
 * page, a plain request for the same address does not.
 */
export async function askWhy(url: URL, signal?: AbortSignal): Promise<Error> {
  try {
    const response = await fetchOpen(url, { signal })
    await response.body?.cancel()
    if (response.status === 204)
      return new SubscribeError(`${url} has nothing more to say.`, 204)
    return new ConnectionError('the browser lost the connection')
  } catch (error) {
    return error instanceof Error ? error : connectionError(error)
  }
}
