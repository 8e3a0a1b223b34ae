// One connection of the generator: the next request when the last one is
// answered. As bare as can be: what the generator does not spend, the server
// can have.

import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

import type { Target } from './outcome.ts'
import { ResponseParser } from './response-parser.ts'

export interface Asked {
  onAnswer(status: number, latencyNs: number): void
  /** The connection is gone, and nobody has closed it here. */
  onBreak(): void
  /** The server answers what the generator cannot read. */
  onUnreadable(error: unknown): void
}

/**
 * All connections share it: each one's bytes are taken before the next one is
 * read.
 */
const buffer = Buffer.allocUnsafe(64 * 1024)

/** @returns what closes the connection */
export function ask(
  { url }: Target,
  request: Buffer,
  asked: Asked,
): () => void {
  let sentAt = 0
  const send = () => {
    sentAt = performance.now()
    socket.write(request)
  }
  const parser = new ResponseParser((status) => {
    asked.onAnswer(status, (performance.now() - sentAt) * 1e6)
    // In one go with all others that were answered in this turn of the loop: a
    // server takes many requests at a time with less work than one by one.
    setImmediate(() => {
      if (!socket.destroyed) send()
    })
  })
  const take = (length: number) => {
    try {
      parser.push(buffer.subarray(0, length))
    } catch (error) {
      socket.destroy()
      asked.onUnreadable(error)
    }
    return true // Go on reading.
  }
  const socket = connect({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port),
    noDelay: true,
    // Leaves out the stream around the socket: no buffer of its own, and no
    // event, for each answer.
    onread: { buffer, callback: take },
  })
  socket.once('connect', send)
  socket.on('error', () => {}) // 'close' follows.
  socket.once('close', asked.onBreak)
  return () => {
    socket.off('close', asked.onBreak)
    socket.destroy()
  }
}

export function encodeRequest({ url, headers }: Target): Buffer {
  const lines = [`GET ${url.pathname}${url.search} HTTP/1.1`]
  for (const [name, value] of Object.entries({ host: url.host, ...headers }))
    lines.push(`${name}: ${value}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}
