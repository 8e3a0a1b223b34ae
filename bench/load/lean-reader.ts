// A subscriber that only counts: a bare connection whose bytes are searched for
// marks. The contestants' own clients do more for each message than a server
// does, and would be what is measured.

import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

import type { LeanProtocol, NamedContestant } from '../contestant.ts'
import { MarkScanner, type OnMark } from './mark.ts'
import type { Reader, ReaderOptions } from './reader.ts'

/** An answer that ends is no subscription: polls, or another protocol. */
export class NotLean extends Error {
  override readonly name = 'NotLean'
}

/**
 * A request that asks for a WebSocket. Servers without take it for a plain one;
 * both answer with what goes on until somebody closes it.
 */
export const upgradeRequest: LeanProtocol = {
  hello: (host) =>
    [
      'GET /messages HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),

  greeted(received) {
    const end = received.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const head = received.toString('latin1', 0, end)
    if (/^HTTP\/1\.1 101 /.test(head)) return true
    const goesOn =
      /^HTTP\/1\.1 200 /.test(head) && !/content-length:/i.test(head)
    if (goesOn) return true
    throw new NotLean(head.split('\r\n', 1)[0])
  },
}

/** For all connections: what is read is looked at before the next read. */
const shared = Buffer.alloc(65_536)

/**
 * @throws NotLean when the contestant cannot be read this way
 */
export function leanReader(
  { id, lean = upgradeRequest }: NamedContestant,
  { url, ca }: ReaderOptions,
  onMark: OnMark,
): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const scanner = new MarkScanner(onMark)
    let take = greet
    const to = {
      host: url.hostname,
      port: Number(url.port),
      // No stream, and no buffer for each chunk: half the time of a 'data' event.
      onread: {
        buffer: shared,
        callback: (length: number) => {
          take(shared.subarray(0, length))
          return true
        },
      },
    }
    const secure = url.protocol === 'https:'
    const socket: Socket = secure
      ? connectTls({ ...to, ca, ALPNProtocols: ['http/1.1'] })
      : connect(to)
    socket.setNoDelay()
    const failed = new Promise<never>((_, fail) => {
      socket.once('close', () => fail(new Error(`${id} closed a connection.`)))
    })
    failed.catch(() => {}) // Whoever waits for messages is told.
    const reader: Reader = {
      failed,
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      async close() {
        socket.destroy()
      },
    }

    let received = Buffer.alloc(0)
    function greet(chunk: Buffer): void {
      received = Buffer.concat([received, chunk])
      try {
        const next = lean.greeted(received)
        if (next === undefined) return
        if (next !== true) return void socket.write(next)
        take = (bytes) => scanner.push(bytes)
        scanner.push(received)
        resolve(reader)
      } catch (error) {
        socket.destroy()
        reject(error)
      }
    }
    socket.once(secure ? 'secureConnect' : 'connect', () =>
      socket.write(lean.hello(url.host)),
    )
    socket.on('error', () => {}) // 'close' follows.
    socket.once('close', () =>
      reject(new NotLean(`${id} closed the connection.`)),
    )
  })
}
