// A plain request, by a client that keeps no rule: for the checks of what a
// server refuses.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import { text } from 'node:stream/consumers'

export interface Question {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

export interface Answer {
  /** The HTTP status; 101 when the server took an upgrade. */
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[] | number>
  readonly body: string
}

/**
 * Asks over HTTP/2 if the URL is `https:`, else over HTTP/1.1, and over HTTP/2
 * where the server answers that with frames.
 */
export async function ask(
  url: URL,
  ca: string | undefined,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    if (url.protocol === 'https:')
      return await askHttp2(url, ca, question, signal)
    return await askHttp(url, question, signal).catch((error) => {
      if (error.code !== 'HPE_INVALID_CONSTANT') throw error
      return askHttp2(url, ca, question, signal)
    })
  } catch (error) {
    const asked = describe(question)
    assert.fail(
      signal.aborted
        ? `Waited in vain for the answer to ${asked}.`
        : `${asked} must be answered, got ${error}.`,
    )
  }
}

export function describe({ method = 'GET', path }: Question): string {
  return `${method} ${path}`
}

async function askHttp(
  url: URL,
  { method = 'GET', path, headers, body }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const request = http.request(url, {
    method,
    path,
    // Not reused, and over as soon as the answer is here.
    agent: false,
    headers,
    signal,
  })
  request.on('error', () => {}) // `once` reports it.
  request.end(body)
  const upgraded = once(request, 'upgrade', { signal })
  upgraded.catch(() => {})
  const [answer] = (await Promise.race([
    once(request, 'response'),
    upgraded,
  ])) as [IncomingMessage]
  const { statusCode: status = 0, headers: told } = answer
  // An answer that goes on for ever is one that was not refused.
  const isEndless = status < 400
  const said = isEndless ? '' : await text(answer)
  request.destroy()
  return { status, headers: told, body: said }
}

async function askHttp2(
  url: URL,
  ca: string | undefined,
  { method = 'GET', path, headers = {}, body }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const { host, connection: _, upgrade: __, ...others } = headers
  const session = http2.connect(url.origin, { ca })
  session.on('error', () => {}) // The stream reports it.
  try {
    const stream = session.request({
      ':method': method,
      ':path': path,
      ...(host === undefined ? {} : { ':authority': host }),
      ...others,
    })
    stream.end(body)
    const [told] = await once(stream, 'response', { signal })
    const status: number = told[':status']
    const said = status < 400 ? '' : await text(stream)
    return { status, headers: told, body: said }
  } finally {
    session.destroy()
  }
}
